package io.flowapi.providers.bluesky;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The server that the owner of a channel named. All calls of the channel go there: the address that an account's DID
 * document names is not followed, so that nobody but the owner decides where the app password and the tokens are sent.
 *
 * @param origin scheme, host and port
 */
record Service(String origin) {

    /** Takes what an owner wrote. What cannot be read is kept as it is: the guard of outgoing calls says what is wrong. */
    static Service parse(String written) {
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

    String url(String method) {
        return origin + "/xrpc/" + method;
    }
}
