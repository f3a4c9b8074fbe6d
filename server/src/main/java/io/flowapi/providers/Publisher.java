package io.flowapi.providers;

import io.flowapi.api.model.Provider;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A network that posts go out on. */
public interface Publisher {

    Provider provider();

    /** Where a channel's calls go: those that go to the same place fail together. */
    String server(Handle tx, UUID channelId);

    /** Why nothing must be sent on a channel now; empty when it may. It is asked before each send. */
    default Optional<PublishOutcome.NotSent> heldBack(Handle tx, UUID channelId) {
        return Optional.empty();
    }

    /** What this network demands of a post on a channel, all of it, known without asking the network. */
    List<Rule> rules(Handle tx, UUID channelId);

    /**
     * Makes the complete request for this content: it is stored before it is sent, and every later attempt sends it as
     * stored. May read from the network; never publishes.
     */
    Preparation prepare(Content content);

    /**
     * As {@link #prepare}, to be shown and never sent: what only a send needs is not asked of the network.
     *
     * @param deadline somebody waits for it
     */
    default Preparation preview(Content content, Deadline deadline) {
        return prepare(content);
    }

    /** What is sent for a frozen request, but for the credentials; empty when the channel has none any more. */
    Optional<ProviderRequest> request(UUID channelId, String frozen);

    /** What of a request is chosen when a post is sent, and so is another when it is shown: {@code body.rkey}. */
    default List<String> chosenWhenSent() {
        return List.of();
    }

    /** Sends the frozen request once. Never throws for what the network did. */
    PublishOutcome publish(Sending sending);

    /** Finds out what became of a send whose answer is missing. */
    Resolution resolve(Sending sending);

    /** The only id under which the network can have this send; empty where the network makes one up. */
    default Optional<String> idOf(Sending sending) {
        return Optional.empty();
    }

    /** Removes a post from the network. Asking twice does no harm. */
    Deletion delete(PublishedPost post);
}
