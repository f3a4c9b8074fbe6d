package io.flowapi.channels;

import io.flowapi.platform.http.Caller;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The posts that still have to go out on a channel, as its deletion needs to know them. */
public interface WaitingPosts {

    /** The posts with a target on this channel that is pending, being sent or unknown, drafts excepted. */
    List<UUID> on(Handle tx, UUID channelId);

    /** Cancels the targets on this channel that have not started; false when one has. */
    boolean cancel(Handle tx, Caller caller, UUID channelId);
}
