package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that came back for some bytes on a connection of their own.
 *
 * @param closed by the server; else only because this side had said that nothing more comes
 */
public record RawExchange(List<Answer> answers, boolean closed) {

    private static final int SILENCE_MILLIS_MAX = 10_000;

    /** Sends the bytes and reads until the end of the connection; fails when it does not come. */
    public static RawExchange of(int port, byte[] bytes) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(SILENCE_MILLIS_MAX);
            send(socket, bytes);
            return rest(socket);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The same, and what came back as it came. */
    public static String text(int port, byte[] bytes) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(SILENCE_MILLIS_MAX);
            send(socket, bytes);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A refusal may end the connection before all is sent. */
    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closed) {
            // What was answered before can still be read.
        }
    }

    /** The one answer that is waited for now; byte by byte, so that what is behind it stays. */
    public static Answer one(Socket socket) throws IOException {
        return Wire.answer(new DataInputStream(socket.getInputStream()));
    }

    /** Everything that is still to come. */
    public static RawExchange rest(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        List<Answer> answers = new ArrayList<>();
        boolean closed = true;
        for (Answer answer = Wire.next(in); answer != null; answer = Wire.next(in)) {
            answers.add(answer);
            if (closed && answer.status() != 100 && !answer.header("Connection").equals("close")) {
                socket.shutdownOutput();
                closed = false;
            }
        }
        return new RawExchange(answers, closed);
    }

    public List<Integer> statuses() {
        return answers.stream().map(Answer::status).toList();
    }
}
