package io.flowapi.platform.net;

import io.flowapi.platform.net.Verdict.Allowed;
import io.flowapi.platform.net.Verdict.Denied;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges the text of a URL, without DNS. What is not plainly written is refused, never repaired. */
final class UrlForm {
    private static final int LENGTH_MAX = 2048;
    private static final int DEFAULT_PORT_HTTP = 80;
    private static final int DEFAULT_PORT_HTTPS = 443;
    private static final List<InetAddress> LOCALHOST =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    private final GuardPolicy policy;

    UrlForm(GuardPolicy policy) {
        this.policy = policy;
    }

    Verdict judge(String url) {
        if (url.length() > LENGTH_MAX) {
            return new Denied(Denial.TOO_LONG);
        }
        if (!url.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\')) {
            return new Denied(Denial.CHARACTER);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException notOne) {
            return new Denied(Denial.SYNTAX);
        }
        return denialBeforeHost(uri).<Verdict>map(Denied::new).orElseGet(() -> judgeHost(uri));
    }

    private Optional<Denial> denialBeforeHost(URI uri) {
        if (uri.getScheme() == null || !policy.allowsScheme(scheme(uri))) {
            return Optional.of(Denial.SCHEME);
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return Optional.of(Denial.HOST_FORM);
        }
        if (authority.contains("@")) {
            return Optional.of(Denial.USERINFO);
        }
        if (uri.getHost() == null || authority.contains("%")) {
            return Optional.of(Denial.HOST_FORM);
        }
        return portIsPlain(uri) && policy.allowsPort(port(uri)) ? Optional.empty() : Optional.of(Denial.PORT);
    }

    /** The parser accepts an empty port and leading zeros, which others may read as another port. */
    private static boolean portIsPlain(URI uri) {
        String plain = uri.getPort() == -1 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        return uri.getRawAuthority().equals(plain);
    }

    private Verdict judgeHost(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            String literal = host.substring(1, host.length() - 1);
            return judgeLiteral(uri, literal, AddressLiteral.ipv6(literal));
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (HostName.isNumberLike(name)) {
            return judgeLiteral(uri, host, AddressLiteral.ipv4(host));
        }
        return judgeName(uri, name);
    }

    private Verdict judgeLiteral(URI uri, String host, Optional<InetAddress> address) {
        if (address.isEmpty()) {
            return new Denied(Denial.HOST_FORM);
        }
        return policy.allowsAddress(address.get())
                ? new Allowed(uri, host, port(uri), List.of(address.get()))
                : new Denied(Denial.ADDRESS);
    }

    private Verdict judgeName(URI uri, String name) {
        if (!HostName.isWellFormed(name)) {
            return new Denied(Denial.HOST_FORM);
        }
        if (name.equals("localhost") && policy.allowsLocalhost()) {
            return new Allowed(uri, name, port(uri), LOCALHOST);
        }
        return HostName.isPublic(name) ? new Allowed(uri, name, port(uri), List.of()) : new Denied(Denial.NAME);
    }

    private static String scheme(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return scheme(uri).equals("https") ? DEFAULT_PORT_HTTPS : DEFAULT_PORT_HTTP;
    }
}
