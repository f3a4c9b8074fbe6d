package io.flowapi.posts;

import static java.util.stream.Collectors.toSet;

import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import io.flowapi.platform.jobs.Work;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.Content;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes one target out. Three steps, each committed before the next: the record that a send starts, the send, what became
 * of it. A worker that finds a started send without an end asks the network; it never sends blindly again.
 */
public final class PublishTarget implements Job {

    public static final String KIND = "publish_target";

    /** A send that has not begun by then does not begin; the lease is three times as long. */
    private static final Duration SEND_WITHIN = Duration.ofSeconds(20);

    private final Database database;
    private final SendingStore sendings;
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();
    private final JobQueue queue;
    private final PostStore posts;
    private final TargetSteps steps;
    private final Publishers publishers;
    private final Ids ids;
    private final InstantSource clock;
    private final LatenessMeters lateness;

    public PublishTarget(
            Database database,
            JobQueue queue,
            PostStore posts,
            TargetSteps steps,
            Publishers publishers,
            Ids ids,
            InstantSource clock,
            LatenessMeters lateness) {
        this.database = database;
        this.sendings = new SendingStore();
        this.queue = queue;
        this.posts = posts;
        this.steps = steps;
        this.publishers = publishers;
        this.ids = ids;
        this.clock = clock;
        this.lateness = lateness;
    }

    /** Each network has a lane of its own: one that hangs delays nobody else's posts. */
    static Work of(UUID target, Provider network, Priority priority) {
        return new Work(KIND, target.toString(), network.value(), priority);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Those of the networks, and that of jobs from before there were lanes. */
    @Override
    public Set<String> lanes() {
        return Stream.concat(
                        Stream.of(Work.MAINTENANCE),
                        Stream.of(Provider.values()).map(Provider::value))
                .collect(toSet());
    }

    @Override
    public void run(Claim claim) {
        UUID id = UUID.fromString(claim.subject());
        Optional<Seen> found = database.read(tx -> seen(tx, id));
        if (found.isEmpty()) {
            database.write(tx -> complete(tx, claim));
            return;
        }
        Outgoing target = found.get().target();
        switch (target.status()) {
            case PENDING -> send(claim, target, found.get().heldBack());
            case PUBLISHING, UNKNOWN -> resolve(claim, target);
            case FAILED -> database.write(tx -> steps.unsent().revived(tx, claim, target));
            case PUBLISHED, CANCELLED -> database.write(tx -> complete(tx, claim));
        }
    }

    @Override
    public void gaveUp(Handle tx, Claim claim) {
        sendings.outgoing(tx, UUID.fromString(claim.subject()))
                .ifPresent(target -> steps.unsent().gaveUp(tx, claim, target));
    }

    /** @param heldBack why nothing may be sent now, of a target that could be */
    private record Seen(Outgoing target, Optional<PublishOutcome.NotSent> heldBack) {}

    private Optional<Seen> seen(Handle tx, UUID id) {
        return sendings.outgoing(tx, id).map(target -> new Seen(target, heldBack(tx, target)));
    }

    private Optional<PublishOutcome.NotSent> heldBack(Handle tx, Outgoing target) {
        boolean sendable = target.status() == TargetStatus.PENDING && !target.channelGone();
        return sendable && !steps.unsent().tooLate(target)
                ? publishers.of(target.provider()).heldBack(tx, target.channelId())
                : Optional.empty();
    }

    private void send(Claim claim, Outgoing target, Optional<PublishOutcome.NotSent> heldBack) {
        if (target.channelGone()) {
            database.write(tx -> steps.unsent().channelGone(tx, claim, target));
        } else if (heldBack.isPresent()) {
            database.write(tx -> steps.unsent().heldBack(tx, claim, target, heldBack.get()));
        } else if (steps.unsent().tooLate(target)) {
            endTooLate(claim, target);
        } else {
            sendNow(claim, target);
        }
    }

    private void sendNow(Claim claim, Outgoing target) {
        Publisher publisher = publishers.of(target.provider());
        switch (prepare(publisher, target)) {
            case Preparation.Failed(PublishOutcome outcome) ->
                database.write(tx -> steps.settlement().notStarted(tx, claim, target, outcome));
            case Preparation.Ready(String request) -> {
                long startedNanos = System.nanoTime();
                Optional<Sending> started = database.write(tx -> start(tx, claim, target, request));
                started.ifPresent(sending -> {
                    PublishOutcome outcome = late(startedNanos, sending) ? tooLate() : publisher.publish(sending);
                    database.write(tx -> steps.settlement().after(tx, claim, sending, outcome));
                    measure(target, sending, outcome);
                });
            }
        }
    }

    /** What may have come to the network after all is asked about once more, so that it is not said to be lost. */
    private void endTooLate(Claim claim, Outgoing target) {
        if (database.read(tx -> doubtful.anyAbsent(tx, target.id()))) {
            resolve(claim, target);
        } else {
            database.write(tx -> steps.unsent().tooLate(tx, claim, target));
        }
    }

    private void measure(Outgoing target, Sending sending, PublishOutcome outcome) {
        if (target.dueAt() == null) {
            return;
        }
        if (sending.attempt() == 1) {
            lateness.sent(target.provider(), target.dueAt(), sending.startedAt());
        }
        if (outcome instanceof PublishOutcome.Published) {
            lateness.published(target.provider(), target.dueAt(), clock.instant());
        }
    }

    /**
     * A process that was held up for long must not send: its lease may be over, and another at work. The clock may have
     * been set meanwhile, and the time that a machine sleeps is not in its nanoseconds: either is enough.
     */
    private boolean late(long startedNanos, Sending sending) {
        return System.nanoTime() - startedNanos > SEND_WITHIN.toNanos()
                || clock.instant().isAfter(sending.startedAt().plus(SEND_WITHIN));
    }

    private static PublishOutcome tooLate() {
        return new PublishOutcome.NotSent(TargetErrors.heldUp(), Duration.ofSeconds(1));
    }

    /** Only the first attempt makes a request: what was frozen then may still be on its way somewhere. */
    private Preparation prepare(Publisher publisher, Outgoing target) {
        return target.attempts() == 0
                ? publisher.prepare(new Content(target.id(), target.channelId(), target.content(), target.options()))
                : new Preparation.Ready(
                        database.read(tx -> doubtful.last(tx, target)).request());
    }

    /** Empty when somebody changed the target meanwhile; the job comes back and looks again. */
    private Optional<Sending> start(Handle tx, Claim claim, Outgoing seen, String request) {
        Instant now = clock.instant();
        steps.claimed().hold(tx, claim, seen.postId(), now);
        Optional<Outgoing> target = sendings.outgoing(tx, seen.id());
        if (target.isEmpty() || !target.get().equals(seen)) {
            queue.reschedule(tx, claim, now);
            return Optional.empty();
        }
        boolean mayBeThere = seen.attempts() > 0 && doubtful.mayBeThere(tx, seen.id());
        Instant doubtedSince = seen.attempts() > 0 ? repeats.doubtedSince(tx, seen.id(), seen.attempts() + 1) : null;
        Sending sending = new Sending(
                seen.id(),
                seen.channelId(),
                seen.attempts() + 1,
                request,
                now,
                mayBeThere,
                Sending.Looks.NONE,
                doubtedSince);
        sendings.start(tx, ids.next(), sending, claim.claimedAt());
        // While one of its targets is being sent a post is publishing, whatever the others are.
        posts.changeStatus(tx, seen.postId(), PostStatus.PUBLISHING, now);
        return Optional.of(sending);
    }

    private void resolve(Claim claim, Outgoing target) {
        Sending sending = database.write(tx -> steps.doubts().unanswered(tx, claim, target));
        Instant askedAt = clock.instant();
        Resolution resolution = publishers.of(target.provider()).resolve(sending);
        database.write(tx -> steps.doubts().after(tx, claim, sending, resolution, askedAt));
        if (resolution instanceof Resolution.Found found && target.dueAt() != null) {
            lateness.published(target.provider(), target.dueAt(), found.publishedAt());
        }
    }

    private @Nullable Void complete(Handle tx, Claim claim) {
        queue.complete(tx, claim);
        return null;
    }
}
