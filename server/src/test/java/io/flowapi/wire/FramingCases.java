package io.flowapi.wire;

import static io.flowapi.wire.RawCase.CHANNEL;
import static io.flowapi.wire.RawCase.answered;
import static io.flowapi.wire.RawCase.post;
import static io.flowapi.wire.RawCase.refused;

import java.util.ArrayList;
import java.util.List;

/** Where a body ends: lengths and transfer codings that two readers could read as two. */
final class FramingCases {

    private static final String LENGTH = "Content-Length: " + CHANNEL.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String ONE_CHUNK = Integer.toHexString(CHANNEL.length()) + "\r\n" + CHANNEL + "\r\n0\r\n\r\n";

    private FramingCases() {}

    static List<RawCase> all() {
        List<RawCase> all = new ArrayList<>(List.of(
                answered("a length", post(CHANNEL, LENGTH), 201),
                answered("chunks", post(ONE_CHUNK, CHUNKED), 201),
                answered("a coding in capitals", post(ONE_CHUNK, "Transfer-Encoding: CHUNKED"), 201),
                answered("a coding between tabs", post(ONE_CHUNK, "Transfer-Encoding:\tchunked\t"), 201),
                answered("a length with zeros before it", post(CHANNEL, "Content-Length: 000" + CHANNEL.length()), 201),
                refused("a length, then chunks", post(ONE_CHUNK, LENGTH, CHUNKED), 400),
                refused("chunks, then a length", post(ONE_CHUNK, CHUNKED, LENGTH), 400),
                refused("a length of nothing, then chunks", post(ONE_CHUNK, "Content-Length: 0", CHUNKED), 400),
                refused("the same length twice", post(CHANNEL, LENGTH, LENGTH), 400),
                refused("a length, then none", post(CHANNEL, LENGTH, "Content-Length: 0"), 400),
                refused("no length, then one", post(CHANNEL, "Content-Length: 0", LENGTH), 400),
                refused("a coding with a space before its colon", post(ONE_CHUNK, "Transfer-Encoding : chunked"), 400),
                refused("a length with a space before its colon", post(CHANNEL, "Content-Length : 3"), 400),
                refused("a coding with a space before its name", post(ONE_CHUNK, " Transfer-Encoding: chunked"), 400),
                refused(
                        "a coding that goes on in the next line",
                        post(ONE_CHUNK, "Transfer-Encoding:\r\n chunked"),
                        400),
                refused(
                        "a folded coding with a length",
                        post(CHANNEL, LENGTH, "X: a\r\n Transfer-Encoding: chunked"),
                        400),
                refused("two codings in two lines", post(ONE_CHUNK, CHUNKED, "Transfer-Encoding: identity"), 400, 501),
                refused("a coding twice", post(ONE_CHUNK, CHUNKED, CHUNKED), 400)));
        for (String length : List.of(
                "+3",
                "-1",
                "0x3",
                "3, 3",
                "3, 0",
                "3,3",
                "3;3",
                "3 3",
                "3a",
                "1e1",
                "",
                "\uff13",
                "\u0663",
                "3.0",
                "'3'",
                "9223372036854775808",
                "18446744073709551619",
                "99999999999999999999999999")) {
            all.add(refused("a length of \"" + length + "\"", post("abc", "Content-Length: " + utf8(length)), 400));
        }
        for (String length : List.of("4294967299", "9223372036854775807", "1048577")) {
            all.add(refused("a length of " + length, post("abc", "Content-Length: " + length), 413));
        }
        for (String coding : List.of(
                "xchunked",
                "chunkedx",
                "chunked, identity",
                "identity",
                "\"chunked\"",
                "chunked;x=1",
                "",
                "chunked, chunked",
                "\u000bchunked",
                "chunked\u000b",
                "\u00a0chunked",
                "chunked\u0000",
                "gzip")) {
            all.add(refused("a coding of \"" + coding + "\"", post(ONE_CHUNK, "Transfer-Encoding: " + coding), 400));
        }
        for (String coding : List.of("identity, chunked", "gzip, chunked")) {
            all.add(refused(
                    "a coding of \"" + coding + "\"", post(ONE_CHUNK, "Transfer-Encoding: " + coding), 400, 501));
        }
        return all;
    }

    /** As the bytes that a client would send, each in a character of its own. */
    private static String utf8(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
