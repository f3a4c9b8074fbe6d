package io.flowapi.platform.faults;

import java.net.URI;
import java.net.URISyntaxException;

/** Where faults are sent: a Sentry DSN, {@code https://key@host/project}. */
public record TrackerAddress(String dsn) {

    private static final String FORM = "must be like https://key@sentry.example.com/42";

    /** @throws IllegalArgumentException when it is none; the text, which holds a key, is not repeated */
    public static TrackerAddress parse(String text) {
        try {
            URI uri = new URI(text);
            if (!isAddress(uri)) {
                throw new IllegalArgumentException(FORM);
            }
            return new TrackerAddress(text);
        } catch (URISyntaxException unreadable) {
            // Not as the cause: it repeats the text.
            throw new IllegalArgumentException(FORM);
        }
    }

    private static boolean isAddress(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() != null
                && uri.getUserInfo().matches("\\w+(?::\\w+)?")
                && uri.getPath().matches("(?:/[\\w-]+)*/\\w+")
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }

    public boolean encrypted() {
        return dsn.startsWith("https:");
    }

    /** Without the key. */
    @Override
    public String toString() {
        return URI.create(dsn).getHost();
    }
}
