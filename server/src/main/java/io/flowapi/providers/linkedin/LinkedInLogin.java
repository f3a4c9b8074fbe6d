package io.flowapi.providers.linkedin;

import io.flowapi.api.model.Provider;
import io.flowapi.providers.oauth.OAuthApplication;
import org.jspecify.annotations.Nullable;

/** How LinkedIn lets an application in. */
public final class LinkedInLogin {

    private static final String SCOPE = "openid profile w_member_social";

    private LinkedInLogin() {}

    /** Where tokens are had and given back stands beside where owners are asked. */
    public static OAuthApplication application(
            String authorizeUrl, @Nullable String clientId, @Nullable String clientSecret) {
        String beside = authorizeUrl.substring(0, authorizeUrl.lastIndexOf('/') + 1);
        return new OAuthApplication(
                Provider.LINKEDIN,
                authorizeUrl,
                beside + "accessToken",
                beside + "revoke",
                SCOPE,
                clientId,
                clientSecret,
                OAuthApplication.SecretIn.FORM);
    }
}
