package io.flowapi.providers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The server that the owner of a channel named. All calls of the channel go there: no other address that a network names
 * is followed, so that nobody but the owner decides where passwords and tokens are sent.
 *
 * @param origin scheme, host and port
 */
public record Service(String origin) {

    /** Takes what an owner wrote. What cannot be read is kept as it is: the guard of outgoing calls says what is wrong. */
    public static Service parse(String written) {
        String stripped = written.strip();
        try {
            URI uri = new URI(stripped);
            return new Service(
                    uri.getScheme() == null || uri.getRawAuthority() == null
                            ? stripped
                            : (uri.getScheme() + "://" + uri.getRawAuthority()).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException unreadable) {
            return new Service(stripped);
        }
    }

    /** @param path with its slash, and its query */
    public String url(String path) {
        return origin + path;
    }
}
