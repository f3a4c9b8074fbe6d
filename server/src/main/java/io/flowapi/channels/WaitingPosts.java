package io.flowapi.channels;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The posts that still have to go out on a channel, as its deletion needs to know them. */
public interface WaitingPosts {

    /** How many have a target on this channel that is pending, being sent or unknown, drafts excepted. */
    long count(Handle tx, UUID channelId);

    /** Some of those. */
    List<UUID> first(Handle tx, UUID channelId, int limit);

    /** Cancels the targets on this channel that have not started; false, and none, when one has. */
    boolean cancel(Handle tx, UUID channelId);
}
