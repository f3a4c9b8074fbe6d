package io.flowapi.connections;

import io.flowapi.platform.http.CorsOrigins;
import io.flowapi.platform.http.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/** Where an owner is sent when all is done: a page of an application that the operator knows. */
final class ReturnUrl {

    private static final int SEE_OTHER = 303;
    private static final byte[] NOTHING = {};

    private ReturnUrl() {}

    static boolean isAllowed(String url, CorsOrigins origins) {
        try {
            URI uri = new URI(url);
            boolean whole = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && url.chars().allMatch(character -> character > ' ' && character < 0x7f);
            return whole && origins.allow(origin(uri));
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    /** As browsers write it. */
    static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() == (scheme.equals("https") ? 443 : 80);
        String port = usual || uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + port;
    }

    static String origin(String url) {
        return origin(URI.create(url));
    }

    /** @param value letters, digits and the like, which need no encoding */
    static Reply.Stored sendTo(String url, String name, String value) {
        return redirect(url + (url.contains("?") ? "&" : "?") + name + "=" + value);
    }

    static Reply.Stored redirect(String location) {
        return new Reply.Stored(SEE_OTHER, Map.of("Location", location), NOTHING);
    }
}
