package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which answers the tests have had, such as {@code createPost 201}: a file for each JVM that tests run in, so that what
 * runs after them all can read them together.
 */
public final class SeenAnswers {

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final @Nullable Path file;

    private SeenAnswers(@Nullable Path file) {
        this.file = file;
    }

    /** Begins anew, in the file that {@code -Dflow.test.seen} names; without it nothing is kept. */
    static SeenAnswers ofThisJvm() {
        String name = System.getProperty("flow.test.seen");
        SeenAnswers seen = new SeenAnswers(name == null ? null : Path.of(name));
        seen.write();
        return seen;
    }

    void add(String operation, int status) {
        if (known.add(operation + " " + status)) {
            write();
        }
    }

    private synchronized void write() {
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, known);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What all JVMs of the run have seen. */
    public static Set<String> readAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(SeenAnswers::lines).collect(Collectors.toSet());
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
