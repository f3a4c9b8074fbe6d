package io.flowapi.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;

/**
 * Bytes on a connection of their own, and what may come back.
 *
 * @param bytes where {@code KEY} stands for an API key, and, behind what is to be refused, a whole second request
 * @param statuses one of them, with the connection closed behind it, when it is refused; else exactly these
 */
record RawCase(String name, String bytes, boolean refused, List<Integer> statuses) {

    static final String CHANNEL = "{\"name\":\"Raw\",\"provider\":\"sandbox\"}";

    /** Stands for a request that nobody may find in the bytes: it would leave a post. */
    static final String SECOND = "SECOND";

    /** Refused with one of these, and what follows is not taken for a request. */
    static RawCase refused(String name, String bytes, Integer... statuses) {
        return new RawCase(name, bytes + SECOND, true, List.of(statuses));
    }

    /** Answered with exactly these. */
    static RawCase answered(String name, String bytes, Integer... statuses) {
        return new RawCase(name, bytes, false, List.of(statuses));
    }

    /** A POST that would create a channel, framed by these headers. */
    static String post(String body, String... framing) {
        return head("POST /v1/channels HTTP/1.1", framing) + body;
    }

    /** A head with a key and a type, so that nothing but its form can be refused. */
    static String head(String firstLine, String... headers) {
        return firstLine + "\r\nHost: flow.test\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\n"
                + String.join(
                        "",
                        Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n";
    }

    static String chunks(String... lines) {
        return post(String.join("\r\n", lines), "Transfer-Encoding: chunked");
    }

    byte[] bytes(String key, String second) {
        return bytes.replace(SECOND, second).replace("KEY", key).getBytes(ISO_8859_1);
    }
}
