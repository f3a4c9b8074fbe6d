package io.flowapi.simulation;

import io.flowapi.platform.db.InterceptedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs histories, each on a new copy of an empty database, in memory where there is a folder for that. */
public final class Runs implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Hundreds of faults are the point here, and no news. Held, because what nobody holds is forgotten. */
    private final Logger worker = Logger.getLogger("io.flowapi.platform.jobs.Worker");

    private final Logger audit = Logger.getLogger("io.flowapi.audit");
    private final Level before = worker.getLevel();
    private final Level auditBefore = audit.getLevel();
    private final Path folder = folder();
    private final Path made = folder.resolve("made");

    public Runs() {
        worker.setLevel(Level.OFF);
        audit.setLevel(Level.OFF);
        InterceptedDatabase.make(made);
    }

    private static Path folder() {
        try {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "flow-simulation")
                    : Files.createTempDirectory("flow-simulation");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Every other seed ends in calm, and must converge; the others are cut off where they are. */
    Simulation.Verdict of(long seed) {
        Path directory = folder.resolve("seed");
        try {
            Files.createDirectories(directory);
            try (Simulation simulation = new Simulation(seed, made, directory)) {
                return simulation.run(seed % 2 == 0);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            delete(directory);
        }
    }

    /** The first of these seeds whose history breaks, and what broke; empty when all hold. */
    public static String firstBroken(int seeds) {
        try (Runs runs = new Runs()) {
            for (long seed = 1; seed <= seeds; seed++) {
                Simulation.Verdict verdict = runs.of(seed);
                if (!verdict.holds()) {
                    return "seed " + seed + ": " + verdict.broken();
                }
            }
            return "";
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    @Override
    public void close() {
        worker.setLevel(before);
        audit.setLevel(auditBefore);
        delete(folder);
    }
}
