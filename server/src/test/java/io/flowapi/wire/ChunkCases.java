package io.flowapi.wire;

import static io.flowapi.wire.RawCase.CHANNEL;
import static io.flowapi.wire.RawCase.answered;
import static io.flowapi.wire.RawCase.chunks;
import static io.flowapi.wire.RawCase.refused;

import java.util.ArrayList;
import java.util.List;

/** The inside of a chunked body. */
final class ChunkCases {

    private static final String SIZE = Integer.toHexString(CHANNEL.length());
    private static final String HALF = CHANNEL.substring(0, 10);
    private static final String REST = CHANNEL.substring(10);
    private static final int LONG = 100_000;

    private ChunkCases() {}

    static List<RawCase> all() {
        List<RawCase> all = new ArrayList<>(List.of(
                answered("two chunks", chunks("a", HALF, Integer.toHexString(REST.length()), REST, "0", "", ""), 201),
                answered(
                        "a size in capitals, after zeros",
                        chunks("0A", HALF, "00" + hex(REST), REST, "000", "", ""),
                        201),
                refused("a line feed alone after a size", chunks(SIZE + "\n" + CHANNEL, "0", "", ""), 400),
                refused("a line feed alone after a chunk", chunks(SIZE, CHANNEL + "\n0", "", ""), 400),
                refused("a line feed alone at the end", chunks(SIZE, CHANNEL, "0\n\n"), 400),
                refused("a carriage return alone after a size", chunks(SIZE + "\r" + CHANNEL, "0", "", ""), 400),
                refused("data longer than its size", chunks(SIZE, CHANNEL + "XX0", "", ""), 400),
                refused("data with two other bytes behind it", chunks(SIZE, CHANNEL + "XX" + "0", "", ""), 400),
                refused("data shorter than its size", chunks("ff", CHANNEL, "0", "", ""), 400, 408),
                refused("an extension", chunks(SIZE + ";a=b", CHANNEL, "0", "", ""), 400),
                refused("an extension of the last chunk", chunks(SIZE, CHANNEL, "0;a", "", ""), 400),
                refused("a quoted extension with a line end", chunks(SIZE + ";a=\"\r\n\"", CHANNEL, "0", "", ""), 400),
                refused("an extension of 100 kB", chunks(SIZE + ";" + "a".repeat(LONG), CHANNEL, "0", "", ""), 400),
                refused("an extension without an end", chunks(SIZE + ";" + "a".repeat(LONG)), 400),
                refused("a trailer", chunks(SIZE, CHANNEL, "0", "X-Trailer: 1", "", ""), 400),
                refused("a length in a trailer", chunks(SIZE, CHANNEL, "0", "Content-Length: 0", "", ""), 400),
                refused("a last chunk with something behind it", chunks(SIZE, CHANNEL, "0", "GET / HTTP/1.1", ""), 400),
                refused("no last chunk", chunks(SIZE, CHANNEL, ""), 400),
                refused("no end behind the last chunk", chunks(SIZE, CHANNEL, "0", ""), 400),
                refused("a chunk of 8 MB", chunks("800000", "x".repeat(0x800000), "0", "", ""), 413),
                refused("more chunks than a body may have", chunks(manyChunks(), "0", "", ""), 413)));
        for (String size : List.of(
                "+" + SIZE,
                "-1",
                "-0",
                "0x" + SIZE,
                " " + SIZE,
                SIZE + " ",
                "\t" + SIZE,
                SIZE + "\t",
                "",
                "g",
                "1_0",
                "100000003",
                "80000000000000000",
                "ffffffffffffffff",
                "000000000" + SIZE,
                "\u0000" + SIZE,
                "\u00b2")) {
            all.add(refused("a size of \"" + size + "\"", chunks(size, CHANNEL, "0", "", ""), 400));
        }
        for (String size : List.of("7fffffff", "80000000", "ffffffff")) {
            all.add(refused("a size of " + size, chunks(size, CHANNEL, "0", "", ""), 400, 413));
        }
        return all;
    }

    private static String hex(String text) {
        return Integer.toHexString(text.length());
    }

    private static String manyChunks() {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        return chunk.repeat(16) + "1\r\nx";
    }
}
