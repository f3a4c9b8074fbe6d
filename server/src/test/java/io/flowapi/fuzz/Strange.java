package io.flowapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;

import io.flowapi.platform.http.Json;
import java.util.List;

/** Values that have broken servers before. */
final class Strange {

    static final List<String> NAMES = List.of(
            "unheardOf",
            "",
            "$ref",
            "__proto__",
            "a/b~c",
            "a'b",
            "\uD83D\uDE00",
            "id",
            "constructor",
            "x".repeat(5_000),
            "a\"b");

    static final List<byte[]> BYTES = List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {0},
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            "\uFEFF{}".getBytes(UTF_16),
            new byte[] {'\r', '\n', '\r', '\n'});

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u00a0",
            "' or 1=1 --",
            "'; drop table posts; --",
            "%' escape '",
            "<script>alert(1)</script>",
            "<b></b>",
            "../../etc/passwd",
            "a\r\nX-Evil: 1",
            "${jndi:ldap://127.0.0.1/a}",
            "%s%n%x",
            "null",
            "0199D3F2-5B1C-7C3E-9D7A-3F6F1F1C9A10",
            "{0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10}",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "1-1-1-1-1",
            "0199d3f25b1c7c3e9d7a3f6f1f1c9a10",
            "2026-02-30T00:00:00Z",
            "2026-12-31T23:59:60Z",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.999999999-14:00",
            "2026-12-01T24:00:00Z",
            "2026-12-01T00:00:00+99:99",
            "2026-12-01t00:00:00z",
            "2026-12-01 00:00:00Z",
            "en",
            "published",
            "bluesky",
            "http://127.0.0.1:1/",
            "http://[::1]/",
            "file:///etc/passwd");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\":null}",
            "0",
            "-0",
            "-1",
            "1.0",
            "1.5",
            "1e400",
            "-1e-400",
            "2147483648",
            "-9223372036854775809",
            "1".repeat(900),
            "1".repeat(2_000),
            "1e99999999",
            "\"\\ud800\"",
            "\"a\\udc00b\"",
            "\"a\\u0000b\"",
            "{\"\\ud800\":1}",
            "{\"a\\u0000\":\"b\"}",
            "\"\\ud83d\\ude00\"",
            "NaN",
            "Infinity",
            "'a'",
            "01",
            "+1",
            "tru",
            "/**/1",
            "\"\t\"");

    private Strange() {}

    /** Text of JSON, or of nearly that. */
    static String json(Draw draw) {
        return switch (draw.below(8)) {
            case 0, 1, 2 -> draw.one(VALUES);
            case 3, 4 -> Json.text(draw.one(TEXTS));
            case 5 -> nested(draw.one(List.of(16, 31, 32, 33, 5_000)), draw.percent(50));
            default -> "\"" + draw.one("a", "é", "😀", "\\u0041", " ").repeat(length(draw)) + "\"";
        };
    }

    /** A bound of the document, or one more or less. */
    private static int length(Draw draw) {
        int bound = draw.one(List.of(0, 1, 35, 36, 100, 253, 255, 500, 512, 2_048, 10_000));
        return Math.max(0, bound + draw.between(-1, 1));
    }

    private static String nested(int depth, boolean objects) {
        return objects ? "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) : "[".repeat(depth) + "]".repeat(depth);
    }
}
