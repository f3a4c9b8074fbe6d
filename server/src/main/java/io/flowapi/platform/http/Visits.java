package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a browser sends with a request for a page. Of a name that comes twice, two readers could take two values. */
final class Visits {

    private static final String FORM = "application/x-www-form-urlencoded";

    private Visits() {}

    static WebPage.Visit of(ServerRequest request, RequestInfo info) {
        return new WebPage.Visit(
                pairs(request.query().rawValue()),
                pairs(form(request)),
                cookies(request.headers().all(HeaderNames.COOKIE, List::of)),
                info);
    }

    private static String form(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return "";
        }
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";")[0].strip().equalsIgnoreCase(FORM)) {
            throw new RefusedException(
                    Refusal.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This page takes what its own form sends."));
        }
        return new String(request.content().as(byte[].class), StandardCharsets.UTF_8);
    }

    private static Map<String, String> pairs(String encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pairs.put(pair.substring(0, equals), decoded(pair.substring(equals + 1))) != null) {
                throw malformed("A parameter is there more than once.");
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw malformed("A parameter is not encoded as a URL is.");
        }
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(Refusal.of(ProblemCode.MALFORMED_REQUEST, detail));
    }

    /** Of two of one name the first, which is that of the longer path. */
    private static Map<String, String> cookies(List<String> headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String pair : String.join(";", headers).split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.putIfAbsent(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return cookies;
    }
}
