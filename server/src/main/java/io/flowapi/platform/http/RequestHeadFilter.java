package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses request targets that are too long, or spelled so that two readers could read two paths, and headers that are too
 * long or have no name. Whoever sends such a request is not kept.
 */
final class RequestHeadFilter implements Filter {

    static final int TARGET_CHARACTERS_MAX = 2048;
    static final int QUERY_CHARACTERS_MAX = 1024;

    static final int HEADER_CHARACTERS_MAX = 16_384;

    /** A colon, a space and the end of the line. */
    private static final int SEPARATORS = 4;

    /** Of two, one reader would take the first and another the last. */
    private static final List<HeaderName> SINGLE = List.of(
            HeaderNames.HOST,
            HeaderNames.AUTHORIZATION,
            HeaderNames.CONTENT_TYPE,
            HeaderNames.create("Idempotency-Key"));

    private static final Pattern AMBIGUOUS = Pattern.compile("[^\\x21-\\x7e]|[%;]|//|/\\.\\.?(?:/|$)");

    private final Replies replies;

    public RequestHeadFilter(Replies replies) {
        this.replies = replies;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Refusal refusal = refusal(request.prologue());
        if (refusal == null) {
            refusal = refusal(request.headers());
        }
        if (refusal == null) {
            chain.proceed();
        } else {
            replies.refuse(refusal.with("Connection", "close"), request, response);
        }
    }

    private static @Nullable Refusal refusal(Headers headers) {
        if (headers.stream().anyMatch(header -> header.name().isEmpty())) {
            return Refusal.of(ProblemCode.MALFORMED_REQUEST, "A header has no name.");
        }
        for (HeaderName name : SINGLE) {
            if (headers.contains(name) && headers.get(name).valueCount() > 1) {
                return Refusal.of(
                        ProblemCode.MALFORMED_REQUEST,
                        "The header " + name.defaultCase() + " is there more than once.");
            }
        }
        return length(headers) > HEADER_CHARACTERS_MAX
                ? Refusal.of(ProblemCode.HEADERS_TOO_LARGE, "The headers have more than 16,384 bytes.")
                : null;
    }

    /** As it was sent. */
    private static int length(HttpPrologue sent) {
        int query = sent.hasQuery() ? 1 + sent.query().rawValue().length() : 0;
        int fragment =
                sent.fragment().hasValue() ? 1 + sent.fragment().rawValue().length() : 0;
        return sent.uriPath().rawPath().length() + query + fragment;
    }

    private static int length(Headers headers) {
        int length = 0;
        for (Header header : headers) {
            for (String value : header.allValues()) {
                length += header.name().length() + value.length() + SEPARATORS;
            }
        }
        return length;
    }

    private static @Nullable Refusal refusal(HttpPrologue sent) {
        String path = sent.uriPath().rawPath();
        String query = sent.query().rawValue();
        int target = length(sent);
        if (target > TARGET_CHARACTERS_MAX) {
            return Refusal.of(
                    ProblemCode.TARGET_TOO_LONG, "The request target has " + target + " bytes, 2048 are allowed.");
        }
        if (query.length() > QUERY_CHARACTERS_MAX) {
            return Refusal.of(
                    ProblemCode.TARGET_TOO_LONG, "The query has " + query.length() + " bytes, 1024 are allowed.");
        }
        if (sent.fragment().hasValue() || path.contains("#") || query.contains("#")) {
            return Refusal.of(ProblemCode.MALFORMED_REQUEST, "A fragment is not sent to a server.");
        }
        if (!path.startsWith("/")) {
            return Refusal.of(ProblemCode.MALFORMED_REQUEST, "The request target is not a path.");
        }
        if (AMBIGUOUS.matcher(path).find()) {
            return Refusal.of(
                    ProblemCode.MALFORMED_REQUEST, "The path has an encoded separator, dot or control character.");
        }
        if (query.contains("%00")) {
            return Refusal.of(ProblemCode.MALFORMED_REQUEST, "The query has an encoded NUL.");
        }
        return null;
    }
}
