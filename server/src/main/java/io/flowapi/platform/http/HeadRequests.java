package io.flowapi.platform.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the body off the answer to a HEAD and leaves its length: Helidon 4.5.0 would send it, and the client would read it
 * as the beginning of the next answer.
 */
final class HeadRequests {

    private static final byte[] NOTHING = {};

    private HeadRequests() {}

    static Reply.Stored fit(Reply.Stored answer, ServerRequest request) {
        if (!is(request) || answer.body().length == 0) {
            return answer;
        }
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("Content-Length", Integer.toString(answer.body().length));
        return new Reply.Stored(answer.status(), headers, NOTHING);
    }

    private static boolean is(ServerRequest request) {
        return request.prologue().method().text().equals("HEAD");
    }
}
