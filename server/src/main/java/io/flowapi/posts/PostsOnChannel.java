package io.flowapi.posts;

import io.flowapi.channels.WaitingPosts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the deletion of a channel asks of the posts. */
public final class PostsOnChannel implements WaitingPosts {

    private final PostStore posts;
    private final TargetStore targets;
    private final Settlement settlement;
    private final InstantSource clock;

    public PostsOnChannel(PostStore posts, TargetStore targets, Settlement settlement, InstantSource clock) {
        this.posts = posts;
        this.targets = targets;
        this.settlement = settlement;
        this.clock = clock;
    }

    @Override
    public long count(Handle tx, UUID channelId) {
        return targets.countWaitingOn(tx, channelId);
    }

    @Override
    public List<UUID> first(Handle tx, UUID channelId, int limit) {
        return targets.postsWaitingOn(tx, channelId, limit);
    }

    @Override
    public boolean cancel(Handle tx, UUID channelId) {
        posts.lockWaitingOn(tx, channelId);
        // All or none: what has started cannot be taken back.
        if (targets.anyStartedOn(tx, channelId)) {
            return false;
        }
        Instant now = clock.instant();
        List<UUID> publishing = targets.publishingPostsOn(tx, channelId);
        targets.cancelOn(tx, channelId);
        posts.cancelScheduledOn(tx, channelId, now);
        publishing.forEach(post -> settlement.refresh(tx, post, now));
        return true;
    }
}
