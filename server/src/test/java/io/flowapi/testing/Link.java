package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection of a client through a {@link CuttingProxy}, for one request. */
final class Link implements AutoCloseable {

    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int SLICES_PER_SECOND = 20;

    /** Hop by hop. Without them both sides close after one request, and the end of an answer is the end of its stream. */
    private static final Set<String> DROPPED =
            Set.of("connection", "keep-alive", "upgrade", "http2-settings", "expect", "proxy-connection");

    private final Socket client;
    private final URI upstreamUrl;
    private final Consumer<String> requestLines;
    private final InputStream fromClient;
    private @Nullable Socket upstream;
    private byte @Nullable [] request;

    Link(Socket client, URI upstreamUrl, Consumer<String> requestLines) throws IOException {
        this.client = client;
        this.upstreamUrl = upstreamUrl;
        this.requestLines = requestLines;
        client.setTcpNoDelay(true);
        fromClient = new BufferedInputStream(client.getInputStream());
    }

    /** Such as {@code POST /xrpc/com.atproto.repo.putRecord HTTP/1.1}. */
    String requestLine() throws IOException {
        return new String(request(), ISO_8859_1).lines().findFirst().orElse("");
    }

    /** The whole request, head and body, as the upstream gets it. */
    byte[] request() throws IOException {
        if (request == null) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            String head = readHead();
            read.writeBytes(closing(head).getBytes(ISO_8859_1));
            readBody(head.toLowerCase(Locale.ROOT), read);
            request = read.toByteArray();
            requestLines.accept(requestLine());
        }
        return request;
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append(nextByte());
            if (head.length() > HEAD_BYTES_MAX) {
                throw new IOException("a head without an end");
            }
        }
        return head.toString();
    }

    private char nextByte() throws IOException {
        int next = fromClient.read();
        if (next < 0) {
            throw new EOFException("no whole request");
        }
        return (char) next;
    }

    private static String closing(String head) {
        StringBuilder kept = new StringBuilder();
        head.lines()
                .filter(line -> !line.isEmpty())
                .filter(line -> !DROPPED.contains(line.split(":", 2)[0].toLowerCase(Locale.ROOT)))
                .forEach(line -> kept.append(line).append("\r\n"));
        return kept + "Connection: close\r\n\r\n";
    }

    private void readBody(String head, ByteArrayOutputStream into) throws IOException {
        if (head.contains("\r\ntransfer-encoding: chunked\r\n")) {
            while (readChunk(into)) {}
        } else if (head.contains("\r\ncontent-length:")) {
            String length =
                    head.split("\r\ncontent-length:", 2)[1].lines().findFirst().orElseThrow();
            into.writeBytes(fromClient.readNBytes(Integer.parseInt(length.strip())));
        }
    }

    private boolean readChunk(ByteArrayOutputStream into) throws IOException {
        StringBuilder size = new StringBuilder();
        while (!size.toString().endsWith("\r\n")) {
            size.append(nextByte());
        }
        int bytes = Integer.parseInt(size.toString().strip(), 16);
        into.writeBytes(size.toString().getBytes(ISO_8859_1));
        into.writeBytes(fromClient.readNBytes(bytes + 2));
        return bytes > 0;
    }

    /** The upstream's whole answer to the whole request. */
    byte[] exchange() throws IOException {
        return sendUpstream(request().length).getInputStream().readAllBytes();
    }

    /** Sends so many bytes of the request. */
    Socket sendUpstream(int bytes) throws IOException {
        byte[] sent = request();
        Socket socket = new Socket(upstreamUrl.getHost(), upstreamUrl.getPort());
        upstream = socket;
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(sent, 0, Math.min(bytes, sent.length));
        return socket;
    }

    void answer(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
    }

    void answerInPart(byte[] answer, int bytes) throws IOException {
        client.getOutputStream().write(answer, 0, Math.min(bytes, answer.length));
    }

    void answerSlowly(byte[] answer, int bytesPerSecond) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        int slice = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
        for (int start = 0; start < answer.length; start += slice) {
            Thread.sleep(1000L * slice / bytesPerSecond);
            out.write(answer, start, Math.min(slice, answer.length - start));
        }
    }

    void untilClientGivesUp() throws IOException {
        fromClient.transferTo(OutputStream.nullOutputStream());
    }

    void endByReset() throws IOException {
        client.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        try (client;
                Socket ended = upstream) {
            // Closed in any case.
        }
    }
}
