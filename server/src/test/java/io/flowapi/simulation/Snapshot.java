package io.flowapi.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/**
 * What is stored.
 *
 * @param attempts what came of each, under the target and its number
 * @param jobs by what they are about
 * @param events of each resource, in their order
 */
record Snapshot(
        Map<UUID, PostRow> posts,
        Map<UUID, TargetRow> targets,
        Map<String, String> attempts,
        Map<String, JobRow> jobs,
        Set<Audit> audited,
        Map<UUID, List<Event>> events) {

    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), Map.of());

    private static final long FAR = Long.MAX_VALUE / 2;

    record PostRow(UUID id, String status, int version) {}

    record TargetRow(
            UUID id,
            UUID post,
            int position,
            String status,
            int attempts,
            @Nullable Long dueAt,
            @Nullable String providerPostId,
            String provider,
            @Nullable Long askUntil,
            @Nullable String error) {

        boolean waits() {
            return status.equals("pending") && dueAt != null;
        }

        boolean open() {
            return waits() || status.equals("publishing") || status.equals("unknown") && askUntil != null;
        }

        /** Nobody asks any more: a person is to settle it. */
        boolean isLeftToPerson() {
            return status.equals("unknown") && askUntil == null;
        }
    }

    record JobRow(UUID id, String state, long fence, long wakesAt) {

        String claim() {
            return id + "#" + fence;
        }
    }

    record Audit(UUID id, String action, UUID resource) {}

    record Event(int sequence, String type) {}

    static Snapshot of(Handle tx) {
        Map<UUID, PostRow> posts = new LinkedHashMap<>();
        tx.createQuery("select id, status, version from posts order by id")
                .map(row -> new PostRow(uuid(row, "id"), text(row, "status"), row.getColumn("version", Integer.class)))
                .forEach(post -> posts.put(post.id(), post));
        Map<UUID, TargetRow> targets = new LinkedHashMap<>();
        tx.createQuery(
                        "select id, post_id, position, status, attempts, due_at, provider_post_id, provider, ask_until, error from targets order by post_id, position")
                .map(Snapshot::target)
                .forEach(target -> targets.put(target.id(), target));
        Map<String, String> attempts = new HashMap<>();
        tx.createQuery("select target_id, number, outcome, ended_at from attempts")
                .map(row -> Map.entry(
                        text(row, "target_id") + "#" + row.getColumn("number", Integer.class),
                        row.getColumn("outcome", String.class) + " " + row.getColumn("ended_at", Long.class)))
                .forEach(attempt -> attempts.put(attempt.getKey(), attempt.getValue()));
        Map<String, JobRow> jobs = new HashMap<>();
        tx.createQuery(
                        "select id, subject, state, fence, case state when 'ready' then due_at else lease_until end as wakes_at from jobs")
                .map(row -> Map.entry(text(row, "subject"), job(row)))
                .forEach(job -> jobs.put(job.getKey(), job.getValue()));
        Set<Audit> audited = new HashSet<>();
        tx.createQuery("select id, action, resource_id from audit_entries")
                .map(row -> new Audit(uuid(row, "id"), text(row, "action"), uuid(row, "resource_id")))
                .forEach(audited::add);
        Map<UUID, List<Event>> events = new HashMap<>();
        tx.createQuery("select resource_id, sequence, type from events order by resource_id, sequence")
                .map(row -> Map.entry(
                        uuid(row, "resource_id"),
                        new Event(row.getColumn("sequence", Integer.class), text(row, "type"))))
                .forEach(event -> events.computeIfAbsent(event.getKey(), unheard -> new ArrayList<>())
                        .add(event.getValue()));
        return new Snapshot(posts, targets, attempts, jobs, audited, events);
    }

    /** Whether the last that was told of it is this, and was not told before. */
    boolean newlyTold(UUID resource, String type, Snapshot before) {
        List<Event> told = events.getOrDefault(resource, List.of());
        return !told.isEmpty()
                && told.getLast().type().equals(type)
                && told.size() > before.events.getOrDefault(resource, List.of()).size();
    }

    /** The events of each resource are numbered from 1, and none is missing. */
    boolean numberedWithoutHoles() {
        return events.values().stream()
                .allMatch(told -> IntStream.range(0, told.size())
                        .allMatch(index -> told.get(index).sequence() == index + 1));
    }

    private static TargetRow target(RowView row) {
        return new TargetRow(
                uuid(row, "id"),
                uuid(row, "post_id"),
                row.getColumn("position", Integer.class),
                text(row, "status"),
                row.getColumn("attempts", Integer.class),
                row.getColumn("due_at", Long.class),
                row.getColumn("provider_post_id", String.class),
                text(row, "provider"),
                row.getColumn("ask_until", Long.class),
                row.getColumn("error", String.class));
    }

    private static JobRow job(RowView row) {
        return new JobRow(
                uuid(row, "id"),
                text(row, "state"),
                row.getColumn("fence", Long.class),
                row.getColumn("wakes_at", Long.class));
    }

    private static UUID uuid(RowView row, String column) {
        return row.getColumn(column, UUID.class);
    }

    private static String text(RowView row, String column) {
        return row.getColumn(column, String.class);
    }

    /** When the next job can be taken; far away when there is none. */
    long nextDue() {
        return jobs.values().stream().mapToLong(JobRow::wakesAt).min().orElse(FAR);
    }

    boolean open() {
        return targets.values().stream().anyMatch(TargetRow::open);
    }
}
