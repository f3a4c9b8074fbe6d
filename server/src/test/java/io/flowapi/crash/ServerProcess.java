package io.flowapi.crash;

import io.flowapi.testing.Flow;
import io.flowapi.testing.Suspension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code flow serve} in a process of its own, on a free port. It ends with the test, or with the JVM of the test. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration END_MAX = Duration.ofSeconds(60);
    private static final String LISTENS = "Flow API listens on http://localhost:";
    private static final String WORKS = "Flow API works on what is due";
    private static final String NO_MORE_LINES = "(the end)";

    private final Process process;
    private final Path log;
    private final Thread killer;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private @Nullable URI url;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        // Not virtual: a read from a process keeps the carrier that a proxy of this JVM may need.
        Thread.ofPlatform().daemon().start(() -> readLines(process.inputReader()));
    }

    /** Starts a server and returns when it listens. */
    public static ServerProcess start(Path data, Map<String, String> environment) {
        return start(List.of(), data, environment);
    }

    /** As {@link #start(Path, Map)}; what starts it is a program that becomes it, such as {@code unshare}. */
    static ServerProcess start(List<String> starter, Path data, Map<String, String> environment, String... options) {
        ServerProcess server = launch(starter, data, environment, options);
        try {
            server.url = URI.create("http://127.0.0.1:" + server.told(LISTENS));
            return server;
        } catch (RuntimeException | Error failed) {
            server.close();
            throw failed;
        }
    }

    /** Starts one that takes no requests, and returns when it works. */
    static ServerProcess worker(Path data, Map<String, String> environment) {
        ServerProcess worker = launch(List.of(), data, environment, "--role=worker");
        try {
            worker.told(WORKS);
            return worker;
        } catch (RuntimeException | Error failed) {
            worker.close();
            throw failed;
        }
    }

    /** Starts a server that may well end by itself. */
    static ServerProcess launch(Path data, Map<String, String> environment) {
        return launch(List.of(), data, environment);
    }

    private static ServerProcess launch(
            List<String> starter, Path data, Map<String, String> environment, String... options) {
        Path log = data.resolveSibling("server-" + System.nanoTime() + ".log");
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // Half the time to start, and it is killed before more would pay.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.flowapi.Main",
                "serve",
                "--port",
                "0"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        // What a developer has set for a server of their own must not reach this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("FLOW_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(Flow.UNLIMITED);
        builder.environment().put("FLOW_DATA_DIR", data.toString());
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(builder.start(), log);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void readLines(BufferedReader output) {
        try (output) {
            output.lines().forEach(line -> {
                said.add(line);
                lines.add(line);
            });
        } catch (IOException | UncheckedIOException ended) {
            // A killed process closes its output in the middle of a line.
        }
        lines.add(NO_MORE_LINES);
    }

    /** The word after this text in what the server says next. */
    public String told(String label) {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        String line = "";
        while (line != null && !line.equals(NO_MORE_LINES)) {
            if (line.contains(label)) {
                return line.substring(line.indexOf(label) + label.length())
                        .strip()
                        .split(" ")[0];
            }
            line = lineBefore(deadline);
        }
        throw new AssertionError("The server did not say \"" + label + "\". Its log: " + errors());
    }

    private @Nullable String lineBefore(long deadline) {
        try {
            return lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    public URI url() {
        if (url == null) {
            throw new IllegalStateException("launched, not started");
        }
        return url;
    }

    /** What it wrote to standard output. */
    public List<String> output() {
        return List.copyOf(said);
    }

    long pid() {
        return process.pid();
    }

    /** What it wrote to standard error. */
    public String errors() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** True when it ended by itself within this time. */
    public boolean ends(Duration within) {
        try {
            return process.waitFor(within);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** SIGSTOP, until it is closed. */
    Suspension suspend() {
        return Suspension.of(process);
    }

    /** SIGTERM. */
    public void askToStop() {
        process.destroy();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        if (!ends(END_MAX)) {
            throw new IllegalStateException("process " + pid() + " does not die");
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException already) {
            // The JVM is ending and runs the hook.
        }
    }
}
