package io.flowapi.posts;

import io.flowapi.channels.WaitingPosts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the deletion of a channel asks of the posts. */
public final class PostsOnChannel implements WaitingPosts {

    private final ChannelPostsStore store = new ChannelPostsStore();
    private final PostStore posts;
    private final InstantSource clock;

    public PostsOnChannel(PostStore posts, InstantSource clock) {
        this.posts = posts;
        this.clock = clock;
    }

    @Override
    public long count(Handle tx, UUID channelId) {
        return store.countWaitingOn(tx, channelId);
    }

    @Override
    public List<UUID> first(Handle tx, UUID channelId, int limit) {
        return store.postsWaitingOn(tx, channelId, limit);
    }

    @Override
    public boolean cancel(Handle tx, UUID channelId) {
        store.lockWaitingOn(tx, channelId);
        // All or none: what has started cannot be taken back.
        if (store.anyStartedOn(tx, channelId)) {
            return false;
        }
        Instant now = clock.instant();
        store.cancelOn(tx, channelId);
        posts.cancelScheduledOn(tx, channelId, now);
        // Asked for afterwards: one may have been taken up again by the console meanwhile.
        store.publishingWithout(tx, channelId).forEach(post -> posts.refresh(tx, post, now));
        return true;
    }
}
