package io.flowapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flowapi.testing.Documented;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request as it goes over the wire.
 *
 * @param valid what the document promises to do, but for the state of what it is done to
 * @param operation from which it was made; what it became may be none
 */
record Sent(
        int number,
        boolean valid,
        Documented operation,
        String method,
        String target,
        List<String> headers,
        byte[] body,
        Framing framing) {

    enum Framing {
        /** With a length, if there is a body. */
        LENGTH,
        CHUNKED,
        /** The last chunk has a size that is none. */
        BROKEN_CHUNKS,
        /** The connection ends in the middle. */
        CUT,
        /** A length and chunks: two readers could see two bodies. */
        BOTH
    }

    private static final int SHOWN_MAX = 6_000;

    Sent with(String otherMethod, String otherTarget) {
        return new Sent(number, false, operation, otherMethod, otherTarget, headers, body, framing);
    }

    Sent withBody(byte[] other) {
        return new Sent(number, false, operation, method, target, headers, other, framing);
    }

    Sent framed(Framing other) {
        return new Sent(number, false, operation, method, target, headers, body, other);
    }

    /** Without the headers of these names, and with others. */
    Sent withHeaders(List<String> names, String... others) {
        List<String> all = new ArrayList<>(headers);
        all.removeIf(header -> names.stream().anyMatch(name -> header.regionMatches(true, 0, name, 0, name.length())));
        all.addAll(List.of(others));
        return new Sent(number, false, operation, method, target, all, body, framing);
    }

    /** The path without a query. */
    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Nullable
    String header(String name) {
        return headers.stream()
                .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(header -> header.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    /** Whether the server may hang up instead of answering. */
    boolean mayBeDropped() {
        return framing == Framing.CUT || framing == Framing.BROKEN_CHUNKS || framing == Framing.BOTH;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
        lines.addAll(headers);
        boolean chunked = framing == Framing.CHUNKED || framing == Framing.BROKEN_CHUNKS || framing == Framing.BOTH;
        if (chunked) {
            lines.add("Transfer-Encoding: chunked");
        }
        if (framing == Framing.BOTH || !chunked && (body.length > 0 || operation.hasBody())) {
            lines.add("Content-Length: " + body.length);
        }
        bytes.writeBytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1));
        if (chunked) {
            chunks(bytes);
        } else {
            bytes.write(body, 0, framing == Framing.CUT ? body.length / 2 : body.length);
        }
        return bytes.toByteArray();
    }

    private void chunks(ByteArrayOutputStream bytes) {
        int half = body.length / 2;
        chunk(bytes, 0, half);
        chunk(bytes, half, body.length - half);
        bytes.writeBytes((framing == Framing.BROKEN_CHUNKS ? "zz\r\n\r\n" : "0\r\n\r\n").getBytes(US_ASCII));
    }

    private void chunk(ByteArrayOutputStream bytes, int from, int length) {
        if (length > 0) {
            bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
            bytes.write(body, from, length);
            bytes.writeBytes("\r\n".getBytes(US_ASCII));
        }
    }

    /** The exact bytes, for {@code printf} and a terminal. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        for (byte one : bytes()) {
            switch (one) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '\\' -> shown.append("\\\\");
                case '%' -> shown.append("%%");
                default ->
                    shown.append(one >= ' ' && one < 127 ? String.valueOf((char) one) : "\\x%02x".formatted(one));
            }
        }
        return shown.length() > SHOWN_MAX
                ? shown.substring(0, SHOWN_MAX) + " ... of " + shown.length()
                : shown.toString();
    }
}
