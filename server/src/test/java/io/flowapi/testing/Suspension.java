package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** SIGSTOP, until it is closed: the process keeps its connections and its locks, and does nothing. */
public final class Suspension implements AutoCloseable {

    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Process holder;

    private Suspension(Process holder) {
        this.holder = holder;
    }

    public static Suspension of(Process process) {
        // When this JVM dies, "read" ends and the process goes on, to find its standard input closed.
        String script = "kill -STOP " + process.pid() + "; echo; read -r line; kill -CONT " + process.pid();
        try {
            Process holder = new ProcessBuilder("sh", "-c", script).start();
            holder.getInputStream().read();
            return new Suspension(holder);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** SIGCONT; returns when it was sent. */
    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(END_MAX)) {
                throw new IllegalStateException("process " + holder.pid() + " does not end");
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
