package io.flowapi.platform.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The bytes of one client: reads that end in time, and each direction closed by itself. */
final class ClientSocket {

    /** How long what a refused client still sends is read and thrown away. */
    static final Duration LINGER_MAX = Duration.ofSeconds(5);

    static final Duration LINGER_SILENCE_MAX = Duration.ofSeconds(1);

    private static final int READ_BYTES_MAX = 8192;

    private final SocketChannel channel;
    private final byte[] buffer = new byte[READ_BYTES_MAX];

    ClientSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * What comes next; null at the end.
     *
     * @param until in {@link System#nanoTime()}
     * @throws SocketTimeoutException when nothing has come by then
     */
    byte @Nullable [] read(long until) throws IOException {
        int read = fill(until);
        return read < 0 ? null : Arrays.copyOf(buffer, read);
    }

    private int fill(long until) throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        channel.socket().setSoTimeout(Math.toIntExact(millis));
        return channel.socket().getInputStream().read(buffer);
    }

    /** Whoever waits for bytes has come to their end. */
    void endReading() {
        quietly(channel::shutdownInput);
    }

    /** The client closes its side when it sees this. */
    void endWriting() {
        quietly(channel::shutdownOutput);
    }

    void close() {
        quietly(channel::close);
    }

    /** A close over bytes that nobody has read is a reset, which would overtake the answer on its way. */
    void linger() {
        endWriting();
        quietly(() -> {
            long end = in(LINGER_MAX);
            int read = 0;
            while (read >= 0) {
                read = fill(Math.min(end, in(LINGER_SILENCE_MAX)));
            }
        });
    }

    /** In {@link System#nanoTime()}. */
    static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException gone) {
            // It is closed in any case, and nobody is left to be told.
        }
    }
}
