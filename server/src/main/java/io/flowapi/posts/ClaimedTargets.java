package io.flowapi.posts;

import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.posts.SendingStore.Outgoing;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The targets that a worker has claimed: a claim is held for as long as its target is. */
final class ClaimedTargets {

    private final PostStore posts;
    private final JobQueue queue;
    private final SendingStore sendings = new SendingStore();

    ClaimedTargets(PostStore posts, JobQueue queue) {
        this.posts = posts;
        this.queue = queue;
    }

    /** Keeps everybody else from the post, and a worker that has lost its lease from all of it. */
    void hold(Handle tx, Claim claim, UUID post, Instant now) {
        posts.lock(tx, post);
        queue.hold(tx, claim, now);
    }

    /** The target as it is now that nobody else can change it. */
    Outgoing locked(Handle tx, Claim claim, UUID target, Instant now) {
        sendings.outgoing(tx, target).ifPresent(found -> posts.lock(tx, found.postId()));
        queue.hold(tx, claim, now);
        return sendings.outgoing(tx, target).orElseThrow();
    }
}
