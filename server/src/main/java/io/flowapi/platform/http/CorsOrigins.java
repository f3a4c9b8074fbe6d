package io.flowapi.platform.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose pages may read our answers: scheme, host and port are compared as a whole, never a part of a name.
 *
 * @param local whether pages of this machine may, on any port: somebody is developing one
 * @param named as browsers write them, in small letters
 */
public record CorsOrigins(boolean local, Set<String> named) {

    private static final String FORM =
            "must be origins such as https://app.example.com, without a path, with commas between";

    private static final int PORT_MAX = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Pattern LOCAL =
            Pattern.compile("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::(\\d{1,5}))?");

    public CorsOrigins {
        named = Set.copyOf(named);
    }

    /**
     * Reads origins with commas between; a slash at the end is taken off.
     *
     * @throws IllegalArgumentException when one is no origin, or stands for more than one; the text is not repeated
     */
    public static List<String> parseList(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(CorsOrigins::parse)
                .toList();
    }

    private static String parse(String text) {
        if (text.contains("*")) {
            throw new IllegalArgumentException("must name each origin: * is not taken");
        }
        try {
            return origin(new URI(text));
        } catch (URISyntaxException unreadable) {
            throw new IllegalArgumentException(FORM, unreadable);
        }
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!isOrigin(uri, scheme)) {
            throw new IllegalArgumentException(FORM);
        }
        // Browsers leave out the port that goes with the scheme.
        boolean usual = uri.getPort() == (scheme.equals("https") ? HTTPS_PORT : HTTP_PORT);
        String port = usual || uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }

    private static boolean isOrigin(URI uri, String scheme) {
        return (scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null
                && uri.getPort() <= PORT_MAX
                && uri.getRawUserInfo() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    public boolean allow(String origin) {
        String small = origin.toLowerCase(Locale.ROOT);
        return named.contains(small) || (local && isLocal(small));
    }

    private static boolean isLocal(String origin) {
        Matcher matcher = LOCAL.matcher(origin);
        return matcher.matches() && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= PORT_MAX);
    }
}
