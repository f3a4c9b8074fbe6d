package io.flowapi.fuzz;

import io.flowapi.testing.Answer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection that is kept as long as both sides keep it: what one request leaves on it, the next one meets. */
final class Line implements AutoCloseable {

    private static final int ANSWER_WAIT_MILLIS = 2_000;

    private final int port;
    private String before = "none";
    private @Nullable Socket socket;
    private @Nullable DataInputStream in;

    Line(int port) {
        this.port = port;
    }

    /** What came is no answer, or nothing came. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private Unreadable(String what, String before) {
            super(what + ": the request before on this connection was " + before);
        }
    }

    /** The answer; empty when the server hung up without one. */
    Optional<Answer> exchange(Sent request) throws IOException, Unreadable {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(ANSWER_WAIT_MILLIS);
            socket.setTcpNoDelay(true);
            before = "none";
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        }
        Optional<Answer> answer = tryExchange(request);
        if (answer.isEmpty() || ends(request, answer.get())) {
            close();
        }
        before = request.shown();
        return answer;
    }

    private Optional<Answer> tryExchange(Sent request) throws IOException, Unreadable {
        try {
            socket.getOutputStream().write(request.bytes());
            if (request.framing() == Sent.Framing.CUT) {
                socket.shutdownOutput();
            }
        } catch (IOException _) {
            // It may have answered and closed before it was told everything; what it said is still to be read.
        }
        try {
            return Optional.of(answer(request.method().equals("HEAD")));
        } catch (SocketTimeoutException _) {
            throw unreadable("no answer in " + ANSWER_WAIT_MILLIS + " ms");
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Unreadable unreadable(String what) throws IOException {
        close();
        return new Unreadable(what, before);
    }

    private static boolean ends(Sent request, Answer answer) {
        return request.mayBeDropped()
                || "close".equalsIgnoreCase(answer.header("Connection"))
                || "close".equalsIgnoreCase(request.header("Connection"));
    }

    private Answer answer(boolean withoutBody) throws IOException, Unreadable {
        String first = line();
        if (!first.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
            throw unreadable("what is no answer, " + first);
        }
        int status = Integer.parseInt(first.substring(9, 12));
        TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.split(": ?", 2);
            headers.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        }
        if (status == 100) {
            return answer(withoutBody);
        }
        String length = headers.getOrDefault("Content-Length", List.of("0")).getFirst();
        byte[] body = new byte[withoutBody ? 0 : Integer.parseInt(length)];
        in.readFully(body);
        return new Answer(status, HttpHeaders.of(headers, (_, _) -> true), body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
