package io.flowapi.perf;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Speaks HTTP/1.1 on one kept connection with as little work as possible: the server needs the processors. */
final class HttpCall implements Call {

    private static final int ANSWER_MILLIS_MAX = 15_000;
    private static final String CONTENT = "A post of the length that people write: long enough to say something, short "
            + "enough to be read on the way from one meeting to the next.";

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;
    private final String headers;
    private final String bodyStart;
    private final String bodyEnd;

    /** Creates a post on the server's sandbox channel, always the same but for its first word. */
    HttpCall(ServerUnderTest server, boolean publishNow) throws IOException {
        this(
                server,
                server.key(),
                "{\"content\":\"",
                " " + CONTENT + "\",\"targets\":[{\"channelId\":\"" + server.channel() + "\"}],\"publishNow\":"
                        + publishNow + "}");
    }

    /** For calls of all kinds with this key. */
    HttpCall(ServerUnderTest server, String key) throws IOException {
        this(server, key, "", "");
    }

    private HttpCall(ServerUnderTest server, String key, String bodyStart, String bodyEnd) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), ANSWER_MILLIS_MAX);
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.bodyStart = bodyStart;
        this.bodyEnd = bodyEnd;
        headers = "Host: 127.0.0.1\r\nAuthorization: Bearer " + key + "\r\nAccept: application/json\r\n";
    }

    @Override
    public void make() throws IOException {
        // No text goes out twice on a channel in a day.
        create("/v1/posts", bodyStart + fresh() + bodyEnd);
    }

    private static UUID fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** The body of a 201. */
    String create(String target, String json) throws IOException {
        // A fresh key is sent with every create, as the SDKs do.
        send("POST " + target + " HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nIdempotency-Key: "
                + fresh() + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json);
        return answer(201);
    }

    /** The body of a 200, of what creates nothing. */
    String post(String target, String json) throws IOException {
        send("POST " + target + " HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json);
        return answer(200);
    }

    /** The body of a 200. */
    String patch(String target, String json) throws IOException {
        send("PATCH " + target + " HTTP/1.1\r\n" + headers + "Content-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json);
        return answer(200);
    }

    /** The body of a 200. */
    String get(String target) throws IOException {
        send("GET " + target + " HTTP/1.1\r\n" + headers + "\r\n");
        return answer(200);
    }

    private void send(String request) throws IOException {
        out.write(request.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private String answer(int expected) throws IOException {
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        byte[] entity = new byte[length];
        in.readFully(entity);
        String text = new String(entity, StandardCharsets.UTF_8);
        if (!status.startsWith("HTTP/1.1 " + expected)) {
            throw new IOException(status + ": " + text);
        }
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
