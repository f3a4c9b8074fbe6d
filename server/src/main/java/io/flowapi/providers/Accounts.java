package io.flowapi.providers;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.Provider;

/** The accounts of one network, and whether what their owners give is enough to post to them. */
public interface Accounts {

    Provider provider();

    /**
     * Calls the network; holds no transaction.
     *
     * @param given with every member that the network needs, and no other
     */
    AccountConnection connect(ChannelCredentials given);
}
