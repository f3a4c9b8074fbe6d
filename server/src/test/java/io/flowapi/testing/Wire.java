package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection on which a test writes what no HTTP client would; each answer ends it. */
public final class Wire {

    private static final int ANSWER_WAIT_MILLIS = 10_000;

    private Wire() {}

    /** Sends these bytes and reads one answer. */
    public static Answer send(int port, byte[]... parts) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(ANSWER_WAIT_MILLIS);
            for (byte[] part : parts) {
                socket.getOutputStream().write(part);
            }
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends a request without a body, its first line and headers as given. */
    public static Answer send(int port, String firstLine, String... headers) {
        return send(port, head(firstLine, headers));
    }

    /** The bytes of a first line and of headers, with a Host. */
    public static byte[] head(String firstLine, String... headers) {
        List<String> lines = new ArrayList<>(List.of(firstLine, "Host: flow.test"));
        lines.addAll(List.of(headers));
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** The next answer on this connection; null when there is none and it is closed. */
    static @Nullable Answer next(DataInputStream in) throws IOException {
        if (!in.markSupported()) {
            throw new IllegalArgumentException("a stream that can look ahead is needed");
        }
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        return answer(in);
    }

    static Answer answer(DataInputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] parts = header.split(": ?", 2);
            headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        byte[] body = new byte
                [Integer.parseInt(
                        headers.getOrDefault("Content-Length", List.of("0")).getFirst())];
        in.readFully(body);
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed in the middle of an answer: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
