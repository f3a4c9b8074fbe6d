package io.flowapi.posts;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.posts.SendingStore.Outgoing;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Takes one target out. Three steps, each committed before the next: the record that a send starts, the send, what became
 * of it. A worker that finds a started send without an end asks the network; it never sends blindly again.
 */
public final class PublishTarget implements Job {

    public static final String KIND = "publish_target";

    private final Database database;
    private final PostStore posts;
    private final SendingStore sendings;
    private final JobQueue queue;
    private final Settlement settlement;
    private final Map<Provider, Publisher> publishers;
    private final InstantSource clock;

    public PublishTarget(
            Database database,
            PostStore posts,
            JobQueue queue,
            Settlement settlement,
            List<Publisher> publishers,
            InstantSource clock) {
        this.database = database;
        this.posts = posts;
        this.sendings = new SendingStore();
        this.queue = queue;
        this.settlement = settlement;
        this.publishers = publishers.stream().collect(toMap(Publisher::provider, Function.identity()));
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Claim claim) {
        switch (database.write(tx -> next(tx, claim))) {
            case Step.Send(Publisher publisher, Sending sending) -> {
                PublishOutcome outcome = publisher.publish(sending);
                database.write(tx -> settlement.after(tx, claim, sending, outcome));
            }
            case Step.Resolve(Publisher publisher, Sending sending) -> {
                Resolution resolution = publisher.resolve(sending);
                database.write(tx -> settlement.after(tx, claim, sending, resolution));
            }
            case Step.Nothing() -> {}
        }
    }

    /** What is to be done with a claimed target. */
    private sealed interface Step {
        record Send(Publisher publisher, Sending sending) implements Step {}

        record Resolve(Publisher publisher, Sending sending) implements Step {}

        record Nothing() implements Step {}
    }

    private Step next(Handle tx, Claim claim) {
        UUID id = UUID.fromString(claim.subject());
        UUID post = sendings.postOf(tx, id).orElse(null);
        if (post == null || !posts.lock(tx, post)) {
            queue.complete(tx, claim);
            return new Step.Nothing();
        }
        queue.hold(tx, claim);
        Outgoing target = sendings.outgoing(tx, id);
        if (target.status() == TargetStatus.PENDING && target.channelGone()) {
            settlement.channelGone(tx, claim, id, post);
            return new Step.Nothing();
        }
        Publisher publisher = publishers.get(target.provider());
        return switch (target.status()) {
            case PENDING -> new Step.Send(publisher, start(tx, claim, target, publisher));
            case PUBLISHING -> new Step.Resolve(publisher, interrupted(tx, target));
            case UNKNOWN -> new Step.Resolve(publisher, sendings.last(tx, target));
            case PUBLISHED, FAILED, CANCELLED -> {
                queue.complete(tx, claim);
                yield new Step.Nothing();
            }
        };
    }

    private Sending start(Handle tx, Claim claim, Outgoing target, Publisher publisher) {
        Instant now = clock.instant();
        String request = publisher.freeze(new Sending.Content(target.id(), target.channelId(), target.content()));
        Sending sending = new Sending(target.id(), target.channelId(), target.attempts() + 1, request, now);
        sendings.start(tx, sending, claim.claimedAt());
        settlement.refresh(tx, target.postId(), now);
        return sending;
    }

    /** The worker of before went away after the start was committed: it may have sent. */
    private Sending interrupted(Handle tx, Outgoing target) {
        sendings.notPublished(
                tx,
                target.id(),
                TargetStatus.UNKNOWN,
                new TargetError(
                        ErrorCategory.UNKNOWN,
                        "interrupted",
                        "The server stopped while the request was on its way.",
                        "Nothing: it is being resolved.",
                        true,
                        null,
                        null));
        return sendings.last(tx, target);
    }
}
