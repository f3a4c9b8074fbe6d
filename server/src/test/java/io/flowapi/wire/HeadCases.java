package io.flowapi.wire;

import static io.flowapi.wire.RawCase.CHANNEL;
import static io.flowapi.wire.RawCase.answered;
import static io.flowapi.wire.RawCase.head;
import static io.flowapi.wire.RawCase.post;
import static io.flowapi.wire.RawCase.refused;

import java.util.ArrayList;
import java.util.List;

/** First lines, headers and what is too much. */
final class HeadCases {

    private static final String ME = "GET /v1/me HTTP/1.1";
    private static final int MEGABYTES_10 = 10_000_000;

    private HeadCases() {}

    static List<RawCase> all() {
        List<RawCase> all = new ArrayList<>();
        all.addAll(firstLines());
        all.addAll(headers());
        all.addAll(tooMuch());
        all.addAll(connections());
        return all;
    }

    private static List<RawCase> firstLines() {
        return List.of(
                answered("a plain request", head(ME), 200),
                answered("an unknown method", head("BREW /v1/me HTTP/1.1"), 405),
                answered("a method in small letters", head("get /v1/me HTTP/1.1"), 200),
                answered("TRACE", head("TRACE /v1/me HTTP/1.1"), 405),
                refused("the absolute form with a foreign host", head("GET http://evil.test/v1/me HTTP/1.1"), 400),
                refused("a method that is no token", head("G(T /v1/me HTTP/1.1"), 400),
                refused("HTTP/1.0", head("GET /v1/me HTTP/1.0"), 400),
                refused("HTTP/0.9", "GET /v1/me\r\n", 400),
                refused("HTTP/1.2", head("GET /v1/me HTTP/1.2"), 400),
                refused("HTTP/2.0", head("GET /v1/me HTTP/2.0"), 400),
                refused("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 400),
                refused("a greeting of TLS", "\u0016\u0003\u0001\2\0\1\0\1\u00fc\3\3\r\n", 400),
                refused("an empty line first", "\r\n" + head(ME), 400),
                refused("two spaces in the first line", head("GET  /v1/me HTTP/1.1"), 400),
                refused("a tab in the first line", head("GET\t/v1/me\tHTTP/1.1"), 400),
                refused("a space in the path", head("GET /v1/ me HTTP/1.1"), 400),
                refused("a line feed alone after the first line", ME + "\nHost: flow.test\r\n\r\n", 400),
                refused("a carriage return alone in the first line", head("GET /v1/me\rX HTTP/1.1"), 400),
                refused("a NUL in the path", head("GET /v1/\0me HTTP/1.1"), 400));
    }

    private static List<RawCase> headers() {
        List<RawCase> all = new ArrayList<>(List.of(
                refused("no Host", ME + "\r\nAuthorization: Bearer KEY\r\n\r\n", 400),
                refused("two Hosts", head(ME, "Host: evil.test"), 400),
                refused("the same Host twice", head(ME, "Host: flow.test"), 400),
                refused("two keys", head(ME, "Authorization: Bearer KEY"), 400),
                refused(
                        "two types",
                        post(CHANNEL, "Content-Type: text/plain", "Content-Length: " + CHANNEL.length()),
                        400),
                refused(
                        "two idempotency keys",
                        post(
                                CHANNEL,
                                "Idempotency-Key: a",
                                "Idempotency-Key: b",
                                "Content-Length: " + CHANNEL.length()),
                        400),
                refused("an empty Host", ME + "\r\nHost:\r\n\r\n", 400),
                refused("a Host with a space", ME + "\r\nHost: a b\r\n\r\n", 400),
                refused("a Host with a path", ME + "\r\nHost: a/b\r\n\r\n", 400),
                refused("an empty header name", head(ME, ": x"), 400),
                refused("a header without a colon", head(ME, "X-Any"), 400),
                refused("a header name with a space", head(ME, "X Any: 1"), 400),
                refused("a header name of eight bits", head(ME, "X-\u00e9: 1"), 400),
                refused("a folded header", head(ME, "X-Any: 1\r\n\tgoes on"), 400),
                refused("a line feed alone after a header", head(ME, "X-Any: 1\nX-Evil: 1"), 400),
                refused("a carriage return alone in a header", head(ME, "X-Any: 1\rX-Evil: 1"), 400),
                refused("a line feed alone after the headers", ME + "\r\nHost: flow.test\r\n\n", 400)));
        for (char control : "\0\1\u0008\u000b\u000c\u001b\u007f".toCharArray()) {
            all.add(refused(
                    "the control character " + (int) control + " in a header", head(ME, "X: a" + control), 400));
            all.add(refused(
                    "the control character " + (int) control + " in a name", head(ME, "X" + control + ": a"), 400));
        }
        return all;
    }

    private static List<RawCase> tooMuch() {
        return List.of(
                refused("a first line of 70 kB", head("GET /" + "x".repeat(70_000) + " HTTP/1.1"), 414),
                refused("a first line of 10 MB", "GET /" + "x".repeat(MEGABYTES_10), 414),
                refused("a header of 70 kB", head(ME, "X-Long: " + "x".repeat(70_000)), 400),
                refused("a header of 10 MB", head(ME, "X-Long: " + "x".repeat(MEGABYTES_10)), 400),
                refused("a header name of 70 kB", head(ME, "x".repeat(70_000) + ": 1"), 400),
                refused("10,000 headers", head(ME, "X: 1\r\n".repeat(10_000) + "Y: 1"), 431),
                refused("a target of 4 kB", head("GET /" + "x".repeat(4_000) + " HTTP/1.1"), 414),
                refused("headers of 20 kB", head(ME, "X-Long: " + "x".repeat(20_000)), 431),
                refused("a body of 2 MB", post("x".repeat(2_000_000), "Content-Length: 2000000"), 413));
    }

    private static List<RawCase> connections() {
        String body = "POST /v1/unknown HTTP/1.1";
        return List.of(
                answered("the client closes", head(ME, "Connection: close") + RawCase.SECOND, 200),
                answered("the client closes among others", head(ME, "Connection: x, Close") + RawCase.SECOND, 200),
                answered("an upgrade to h2c", head(ME, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"), 200),
                answered("an upgrade to a web socket", head(ME, "Connection: Upgrade", "Upgrade: websocket"), 200),
                answered("a body on GET", head(ME, "Content-Length: 3") + "abc", 400),
                refused("a body where no route is", head(body, "Content-Length: 3") + "abc", 404),
                refused("a body that is announced and refused", head(body, "Content-Length: 9999"), 404),
                refused(
                        "a body behind 100-continue that nobody reads",
                        head(body, "Content-Length: 3", "Expect: 100-continue") + "abc",
                        404),
                answered(
                        "a body behind 100-continue",
                        post(CHANNEL, "Content-Length: " + CHANNEL.length(), "Expect: 100-continue"),
                        100,
                        201),
                refused("the asterisk form", head("OPTIONS * HTTP/1.1"), 400),
                refused("CONNECT", head("CONNECT evil.test:443 HTTP/1.1"), 400));
    }
}
