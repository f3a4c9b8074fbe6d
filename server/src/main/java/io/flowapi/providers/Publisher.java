package io.flowapi.providers;

import io.flowapi.api.model.Provider;

/** A network that posts go out on. */
public interface Publisher {

    Provider provider();

    /** The request that will be sent for this content, complete: it is stored before it is sent, and sent as stored. */
    String freeze(Sending.Content content);

    /** Sends the frozen request once. Never throws for what the network did. */
    PublishOutcome publish(Sending sending);

    /** Finds out what became of a send whose answer is missing. Never sends. */
    Resolution resolve(Sending sending);
}
