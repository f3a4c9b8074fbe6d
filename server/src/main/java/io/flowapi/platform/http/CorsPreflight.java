package io.flowapi.platform.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** A browser's question whether a page of another origin may send what it is about to send. */
final class CorsPreflight {

    private static final int NO_CONTENT = 204;
    private static final byte[] NOTHING = {};

    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, traceparent";

    /** Two hours, the longest that browsers keep an answer. */
    private static final String MAX_AGE_SECONDS = "7200";

    private CorsPreflight() {}

    static boolean is(ServerRequest request) {
        return request.prologue().method().text().equals("OPTIONS")
                && request.headers().contains(HeaderNames.ORIGIN)
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /**
     * A foreign origin is not told what the path takes.
     *
     * @param sofar the headers that {@link AnswerHeaders} gave the answer, which say whether the origin is allowed
     */
    static Reply.Stored answer(String methods, Headers sofar) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (sofar.contains(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            headers.put("Access-Control-Allow-Methods", methods);
            headers.put("Access-Control-Allow-Headers", HEADERS);
            headers.put("Access-Control-Max-Age", MAX_AGE_SECONDS);
        }
        return new Reply.Stored(NO_CONTENT, headers, NOTHING);
    }
}
