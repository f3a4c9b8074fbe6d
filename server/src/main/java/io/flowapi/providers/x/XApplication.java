package io.flowapi.providers.x;

import io.flowapi.api.model.Provider;
import io.flowapi.providers.oauth.OAuthApplication;
import org.jspecify.annotations.Nullable;

/** What X knows this installation as. */
public final class XApplication {

    /** Offline access is what a refresh token is given for. */
    private static final String SCOPE = "tweet.read tweet.write users.read media.write offline.access";

    private XApplication() {}

    public static OAuthApplication of(
            String apiUrl, String authorizeUrl, @Nullable String clientId, @Nullable String clientSecret) {
        return new OAuthApplication(
                Provider.X,
                authorizeUrl,
                apiUrl + "/2/oauth2/token",
                apiUrl + "/2/oauth2/revoke",
                SCOPE,
                clientId,
                clientSecret,
                OAuthApplication.SecretIn.BASIC);
    }
}
