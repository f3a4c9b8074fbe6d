package io.flowapi.simulation;

import io.flowapi.platform.http.Json;
import io.flowapi.providers.Sending;
import io.flowapi.simulation.Snapshot.Audit;
import io.flowapi.simulation.Snapshot.PostRow;
import io.flowapi.simulation.Snapshot.TargetRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds every step to the invariants, and keeps the first that broke. */
final class Judge {

    private static final Duration HELD_UP_MAX = Duration.ofSeconds(20);

    private final SimulatedTime time;
    private final History history;
    private final Supplier<Snapshot> look;
    private final Function<UUID, List<Ledger.Entry>> ledger;
    private final Predicate<String> mayStayUnknown;
    private final Map<UUID, Integer> inDoubt = new HashMap<>();
    private final Promises promises = new Promises();
    private final Claims claims = new Claims();
    private final Map<UUID, String> sending = new HashMap<>();
    private final Map<UUID, String> frozen = new HashMap<>();
    private Snapshot now = Snapshot.EMPTY;
    private @Nullable String broken;

    /** @param mayStayUnknown of a network, by its name: what it does not tell a person must find out */
    Judge(
            SimulatedTime time,
            History history,
            Supplier<Snapshot> look,
            Function<UUID, List<Ledger.Entry>> ledger,
            Predicate<String> mayStayUnknown) {
        this.time = time;
        this.history = history;
        this.look = look;
        this.ledger = ledger;
        this.mayStayUnknown = mayStayUnknown;
    }

    Snapshot now() {
        return now;
    }

    Promises promises() {
        return promises;
    }

    @Nullable
    String broken() {
        return broken;
    }

    private void hold(boolean holds, String otherwise) {
        if (!holds && broken == null) {
            broken = otherwise;
            history.add("!!", otherwise);
        }
    }

    private String name(UUID id) {
        return history.name(id);
    }

    /** A transaction of this actor has been committed. */
    void committed(String actor) {
        Snapshot before = now;
        now = look.get();
        history.name(now);
        Set<Audit> entries = new HashSet<>(now.audited());
        entries.removeAll(before.audited());
        for (TargetRow row : now.targets().values()) {
            TargetRow old = before.targets().get(row.id());
            if (old != null && !old.equals(row)) {
                changed(actor, old, row, entries);
            }
            hold(
                    !row.waits() && !row.status().equals("publishing")
                            || now.jobs().containsKey(row.id().toString()),
                    name(row.id()) + " is " + row.status() + " and no job will take it further");
        }
        posts(actor, before, entries);
        Told.missing(before, now, this::name).forEach(missing -> hold(false, missing));
        attempts(actor, before);
        claims.committed(
                actor, before, now, (job, fence) -> history.add(actor, "claims " + name(job) + ", fence " + fence));
    }

    private void changed(String actor, TargetRow old, TargetRow row, Set<Audit> entries) {
        String what = name(row.id()) + " " + old.status() + " -> " + row.status() + " after " + row.attempts();
        history.add(actor, what);
        boolean worker = Population.isWorker(actor);
        boolean moved = !old.status().equals(row.status());
        hold(
                !moved || (worker ? Steps.OF_WORKERS : Steps.OF_USERS).contains(old.status() + " " + row.status()),
                actor + " may not do: " + what);
        hold(!worker || claims.holds(actor, row.id()), actor + " has lost its lease and wrote: " + what);
        if (moved && worker && Steps.NOTED.contains(row.status())) {
            hold(
                    entries.stream()
                            .anyMatch(entry -> entry.resource().equals(row.id())
                                    && entry.action().equals("target." + row.status())),
                    "no audit entry of: " + what);
        }
        if (old.status().equals("failed")) {
            inDoubt.remove(row.id());
        }
        if (moved && row.status().equals("publishing")) {
            sending.put(row.id(), actor);
        } else if (actor.equals(sending.get(row.id()))) {
            sending.remove(row.id());
        }
        if (moved && row.status().equals("published")) {
            hold(
                    ledger.apply(row.id()).stream().anyMatch(entry -> entry.id.equals(row.providerPostId())),
                    name(row.id()) + " is shown as published and is not on the network");
        }
    }

    /** Every change that a user makes stands in the audit log. */
    private void posts(String actor, Snapshot before, Set<Audit> entries) {
        if (Population.isWorker(actor)) {
            return;
        }
        Set<UUID> either = new LinkedHashSet<>(before.posts().keySet());
        either.addAll(now.posts().keySet());
        for (UUID id : either) {
            PostRow post = now.posts().get(id);
            if (!Objects.equals(before.posts().get(id), post)) {
                history.add(actor, name(id) + " is " + (post == null ? "deleted" : post.status()));
                boolean noted = entries.stream().anyMatch(entry -> concerns(entry, id));
                hold(noted, "no audit entry of a change of " + name(id));
            }
        }
    }

    private boolean concerns(Audit entry, UUID post) {
        TargetRow target = now.targets().get(entry.resource());
        return entry.resource().equals(post) || target != null && target.post().equals(post);
    }

    private void attempts(String actor, Snapshot before) {
        now.attempts().forEach((attempt, outcome) -> {
            UUID target = UUID.fromString(attempt.substring(0, attempt.indexOf('#')));
            if (Population.isWorker(actor) && !Objects.equals(before.attempts().get(attempt), outcome)) {
                hold(
                        claims.holds(actor, target),
                        actor + " has lost its lease and wrote an attempt of " + name(target));
            }
        });
    }

    /** The first byte leaves. */
    void sends(String actor, Sending request, Script script, int inDoubtMax) {
        UUID target = request.targetId();
        int sends = inDoubt.merge(target, script.mayBeTaken() ? 1 : 0, Integer::sum);
        hold(sends <= inDoubtMax, name(target) + " is sent once too often");
        history.add(actor, "sends " + name(target) + " #" + request.attempt() + ": " + script);
        TargetRow row = now.targets().get(target);
        hold(row != null, "what is deleted is sent");
        if (row == null) {
            return;
        }
        hold(
                now.attempts().containsKey(target + "#" + request.attempt()),
                name(target) + " is sent before that is committed");
        hold(row.dueAt() != null && row.dueAt() <= time.highest(), name(target) + " is sent before its time");
        hold(
                !time.instant().isAfter(request.startedAt().plus(HELD_UP_MAX)),
                name(target) + " is sent by a process that was held up");
        String text = FakeNetwork.Request.of(request).text();
        hold(promises.maySend(row.post(), text), name(target) + " is sent against a promise: " + text);
        hold(
                frozen.computeIfAbsent(target, first -> request.request()).equals(request.request()),
                name(target) + " is sent in another form");
    }

    void arrived(Sending request, boolean taken) {
        UUID target = request.targetId();
        history.add("network", (taken ? "has " : "does not take ") + name(target) + " #" + request.attempt());
        hold(ledger.apply(target).size() <= 1, name(target) + " is shown twice");
    }

    /** Whether somebody may be about to send it: nobody can say then that it is not there. */
    boolean underWay(UUID target) {
        return sending.containsKey(target);
    }

    /** Whoever died sends nothing any more. */
    void died(String actor) {
        sending.values().removeIf(actor::equals);
    }

    /** When nothing is on its way any more: what we say is what there is. */
    void converged() {
        now.targets().values().forEach(row -> {
            boolean there = ledger.apply(row.id()).stream().anyMatch(entry -> !entry.removed);
            boolean removed = ledger.apply(row.id()).stream().anyMatch(entry -> entry.removed);
            hold(!row.open(), name(row.id()) + " is still " + row.status());
            if (row.isLeftToPerson()) {
                left(row);
                return;
            }
            hold(
                    removed || there == row.status().equals("published"),
                    name(row.id()) + " is " + row.status() + ", and the network says " + there);
        });
    }

    /** It says what is to be done, and its post that somebody must do it. */
    private void left(TargetRow row) {
        hold(mayStayUnknown.test(row.provider()), name(row.id()) + " is left to a person for no reason");
        hold(
                now.posts().get(row.post()).status().equals("needs_attention"),
                name(row.post()) + " does not say that it needs attention");
        hold(
                row.error() != null
                        && !Json.tree(row.error()).path("remediation").asText().isBlank(),
                name(row.id()) + " does not say what is to be done");
    }

    /** How many targets are left to a person. */
    int left() {
        return (int) now.targets().values().stream()
                .filter(TargetRow::isLeftToPerson)
                .count();
    }
}
