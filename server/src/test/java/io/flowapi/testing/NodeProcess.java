package io.flowapi.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process of {@code pds.js}. Its standard input stays open, so it ends when this JVM does, however that ends. */
final class NodeProcess {

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Process process;
    private final PlainJson.Value ready;
    private @Nullable Suspension suspension;

    private NodeProcess(Process process, PlainJson.Value ready) {
        this.process = process;
        this.ready = ready;
    }

    /** Starts it in this folder and returns when it is ready. */
    static NodeProcess start(Path folder, Path log, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Its log would go to standard output.
        builder.environment().remove("LOG_ENABLED");
        try {
            Process process = builder.start();
            return new NodeProcess(process, firstLine(process, log));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static PlainJson.Value firstLine(Process process, Path log) throws IOException {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        // Not virtual: a read from a process keeps the carrier that a proxy of this JVM may need.
        Thread.ofPlatform().daemon().start(() -> readLines(process.inputReader(), line));
        try {
            String first = line.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
            if (first != null) {
                return PlainJson.read(first);
            }
        } catch (TimeoutException | ExecutionException | InterruptedException notReady) {
            // Said below, with the log.
        }
        process.destroyForcibly();
        throw new IllegalStateException("The server did not start. Its log: " + Files.readString(log));
    }

    /** Reads to the end: a pipe that nobody empties would stop the process. */
    private static void readLines(BufferedReader output, CompletableFuture<@Nullable String> first) {
        try (output) {
            first.complete(output.readLine());
            output.lines().forEach(line -> {});
        } catch (IOException | UncheckedIOException ended) {
            first.complete(null);
        }
    }

    /** What it said of itself: {@code pds} or {@code plc}. */
    String url(String name) {
        return ready.at(name).text();
    }

    /** SIGTERM; returns when it is gone. */
    void stop() {
        resume();
        process.destroy();
        awaitEnd(process);
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(process);
        resume();
    }

    /** SIGSTOP: it takes connections, because the system does, and does nothing. */
    void suspend() {
        if (suspension == null) {
            suspension = Suspension.of(process);
        }
    }

    /** SIGCONT. */
    void resume() {
        Suspension ended = suspension;
        suspension = null;
        if (ended != null) {
            ended.close();
        }
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(END_MAX)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
