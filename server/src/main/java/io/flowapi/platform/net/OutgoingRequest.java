package io.flowapi.platform.net;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** @param deadline how long the whole call may take: DNS, connection, TLS, request and answer together */
public record OutgoingRequest(String method, String url, Map<String, String> headers, byte[] body, Duration deadline) {
    /** Whatever is called, and however much it answers. */
    private static final Duration DEADLINE_MAX = Duration.ofSeconds(30);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~\\t]*");

    /** Where a message ends and whom it is for is decided by the connection alone. */
    private static final Set<String> FRAMING_HEADERS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public OutgoingRequest {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("The method '" + method + "' is not sent.");
        }
        if (!deadline.isPositive() || deadline.compareTo(DEADLINE_MAX) > 0) {
            throw new IllegalArgumentException("The deadline must be positive and at most " + DEADLINE_MAX + ".");
        }
        headers.forEach(OutgoingRequest::checkHeader);
        headers = Map.copyOf(headers);
    }

    private static void checkHeader(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || FRAMING_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("The header name '" + name + "' is not sent.");
        }
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("The value of the header '" + name + "' is not printable ASCII.");
        }
    }
}
