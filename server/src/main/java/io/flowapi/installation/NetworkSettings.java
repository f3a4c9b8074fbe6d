package io.flowapi.installation;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a network is reached that has one address for everybody, and as which application.
 *
 * @param apiUrl without a trailing slash
 * @param authorizeUrl where an owner lets the application in
 * @param clientId null when the network does not know this installation: then channels are made with tokens only
 * @param clientSecret null for an application without one
 */
public record NetworkSettings(
        String apiUrl,
        String authorizeUrl,
        @Nullable String clientId,
        @Nullable String clientSecret) {

    static NetworkSettings x(Settings settings, boolean production) {
        return new NetworkSettings(
                url(settings, "FLOW_X_API_URL", "https://api.x.com", production),
                url(settings, "FLOW_X_AUTHORIZE_URL", "https://x.com/i/oauth2/authorize", production),
                settings.text("FLOW_X_CLIENT_ID"),
                secret(settings, "FLOW_X_CLIENT_SECRET", "FLOW_X_CLIENT_ID"));
    }

    static NetworkSettings linkedIn(Settings settings, boolean production) {
        return new NetworkSettings(
                url(settings, "FLOW_LINKEDIN_API_URL", "https://api.linkedin.com", production),
                url(
                        settings,
                        "FLOW_LINKEDIN_AUTHORIZE_URL",
                        "https://www.linkedin.com/oauth/v2/authorization",
                        production),
                settings.text("FLOW_LINKEDIN_CLIENT_ID"),
                secret(settings, "FLOW_LINKEDIN_CLIENT_SECRET", "FLOW_LINKEDIN_CLIENT_ID"));
    }

    private static @Nullable String secret(Settings settings, String name, String id) {
        String secret = settings.text(name);
        if (secret != null && settings.text(id) == null) {
            settings.problem(name + " is of no use without " + id);
        }
        return secret;
    }

    private static String url(Settings settings, String name, String unset, boolean production) {
        String url = settings.text(name, unset);
        if (!isUrl(url)) {
            settings.problem(name + " must be a URL without user, query and fragment");
        } else if (production && !url.startsWith("https://")) {
            settings.problem(name + " must be an https URL in production");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Http or https, with a host, and without anything that is not an address. */
    static boolean isUrl(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "NetworkSettings[" + apiUrl + "]";
    }
}
