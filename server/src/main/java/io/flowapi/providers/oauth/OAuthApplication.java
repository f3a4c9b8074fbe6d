package io.flowapi.providers.oauth;

import io.flowapi.api.model.Provider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a network knows this installation as, and where it lets owners in.
 *
 * @param scope all that is needed to post and to keep the tokens alive, as the network names it
 * @param clientId null when the network does not know this installation: then no token can be had or renewed
 * @param clientSecret null for an application without one
 */
public record OAuthApplication(
        Provider provider,
        String authorizeUrl,
        String tokenUrl,
        String revokeUrl,
        String scope,
        @Nullable String clientId,
        @Nullable String clientSecret,
        SecretIn secretIn) {

    /** Where the network wants to see the secret. */
    public enum SecretIn {
        BASIC,
        FORM
    }

    /** The variable of the environment that is missing when there is no client id. */
    public String setting() {
        return "FLOW_" + provider.value().toUpperCase(Locale.ROOT) + "_CLIENT_ID";
    }

    @Override
    public String toString() {
        return "OAuthApplication[" + provider + "]";
    }
}
