package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.TestClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@link FullDiskLimitsTest} proves, in a process whose data directory is a disk of its own. */
final class FullDiskLimits {

    private static final Duration WINDOW = Duration.ofMillis(61_001);
    private static final List<Quota> THREE = List.of(new Quota(RateClass.DEFAULT, 3));

    private final Path directory;
    private final TestClock clock = new TestClock();

    private FullDiskLimits(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        FullDiskLimits disk = new FullDiskLimits(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "files" -> disk.noFileCanBeMade();
            case "bytes" -> disk.noByteCanBeWritten();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Without closing the one before: a process that was killed has not either. */
    private InMemoryRateLimiter start() {
        return new InMemoryRateLimiter(AcceptedLog.open(directory), clock);
    }

    private static boolean admits(RateLimiter limiter, String subject) {
        return limiter.admit(subject, THREE).admitted();
    }

    private void noFileCanBeMade() throws IOException {
        InMemoryRateLimiter limiter = start();
        admits(limiter, "key:early");
        List<Path> ballast = takeAllNames();

        clock.advance(WINDOW);
        for (int round = 0; round < 3; round++) {
            assertThat(admits(limiter, "key:a")).isTrue();
            assertThat(limiter.subjects()).as("the idle are forgotten").isEqualTo(1);
            assertThat(admits(start(), "key:a"))
                    .as("nothing is forgotten when killed")
                    .isTrue();
            clock.advance(WINDOW);
        }
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(admits(start(), "key:a")).isTrue();
        assertThat(admits(start(), "key:a")).isTrue();
        assertThat(admits(start(), "key:a")).isFalse();

        for (Path file : ballast) {
            Files.delete(file);
        }
        clock.advance(WINDOW);
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(Files.readAllLines(directory.resolve("limits.log"))).hasSize(1);
        assertThat(directory.resolve("limits.log.old")).exists();
    }

    private void noByteCanBeWritten() throws IOException {
        InMemoryRateLimiter limiter = start();
        admits(limiter, "key:early");
        Path ballast = directory.resolve("ballast");
        takeAllBytes(ballast);

        clock.advance(WINDOW);
        assertThat(admits(limiter, "key:b")).isTrue();
        assertThat(directory.resolve("limits.log")).isEmptyFile();
        assertThat(limiter.subjects()).as("the idle are forgotten").isEqualTo(1);
        clock.advance(WINDOW);
        assertThat(admits(limiter, "key:c")).isTrue();
        assertThat(limiter.subjects()).as("the idle are forgotten").isEqualTo(1);

        Files.delete(ballast);
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(admits(start(), "key:a"))
                .as("written again, without a restart")
                .isFalse();
        clock.advance(WINDOW);
        assertThat(admits(limiter, "key:a")).isTrue();
        assertThat(Files.readAllLines(directory.resolve("limits.log"))).hasSize(1);
    }

    private List<Path> takeAllNames() {
        List<Path> made = new ArrayList<>();
        try {
            while (true) {
                made.add(Files.createFile(directory.resolve("ballast-" + made.size())));
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
            return made;
        }
    }

    private static void takeAllBytes(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }
}
