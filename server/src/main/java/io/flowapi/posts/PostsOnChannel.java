package io.flowapi.posts;

import io.flowapi.channels.WaitingPosts;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.posts.TargetStore.Waiting;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the deletion of a channel asks of the posts. */
public final class PostsOnChannel implements WaitingPosts {

    private final PostStore posts;
    private final TargetStore targets;
    private final Settlement settlement;
    private final JobQueue queue;
    private final InstantSource clock;

    public PostsOnChannel(
            PostStore posts, TargetStore targets, Settlement settlement, JobQueue queue, InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.settlement = settlement;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public List<UUID> on(Handle tx, UUID channelId) {
        return targets.waitingOn(tx, channelId).stream().map(Waiting::post).toList();
    }

    @Override
    public boolean cancel(Handle tx, Caller caller, UUID channelId) {
        List<Waiting> waiting = targets.waitingOn(tx, channelId);
        waiting.forEach(one -> posts.lock(tx, one.post()));
        // All or none: what has started cannot be taken back.
        if (!targets.allPending(tx, waiting.stream().map(Waiting::target).toList())) {
            return false;
        }
        for (Waiting one : waiting) {
            targets.cancelOne(tx, one.target());
            queue.cancel(tx, PublishTarget.KIND, one.target().toString());
            settlement.refresh(tx, one.post(), clock.instant());
        }
        return true;
    }
}
