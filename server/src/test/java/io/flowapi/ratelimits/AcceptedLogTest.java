package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that counts in memory knows after its next start. */
@Tag("one-database")
class AcceptedLogTest {

    private static final List<Quota> THREE = List.of(new Quota(RateClass.DEFAULT, 3));
    private static final List<Quota> MANY = List.of(new Quota(RateClass.DEFAULT, 5_000));

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();

    private InMemoryRateLimiter start() {
        return new InMemoryRateLimiter(AcceptedLog.open(directory), clock);
    }

    /** Without closing: a process that was killed has not either. */
    private boolean admits(RateLimiter limiter) {
        return limiter.admit("key:a", THREE).admitted();
    }

    @Test
    void counts_after_a_restart_what_was_accepted_before_it_to_the_millisecond() {
        RateLimiter first = start();
        assertThat(admits(first)).isTrue();
        clock.advance(Duration.ofMillis(40_123));
        assertThat(admits(first)).isTrue();
        assertThat(admits(first)).isTrue();

        RateLimiter second = start();
        assertThat(admits(second)).isFalse();
        clock.advance(Duration.ofMillis(19_876));
        assertThat(admits(second)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(admits(second)).isTrue();
        assertThat(admits(second)).isFalse();
    }

    @Test
    void counts_after_a_restart_what_is_kept_in_seconds() {
        RateLimiter first = start();
        IntStream.range(0, 4_999).forEach(_ -> first.admit("key:a", MANY));
        clock.advance(Duration.ofMillis(60_998));

        RateLimiter second = start();
        // The clock stood at the beginning of a second, which counts in full until its last millisecond is old.
        assertThat(second.admit("key:a", MANY).standings().getFirst().remaining())
                .isZero();
        assertThat(second.admit("key:a", MANY).admitted()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(second.admit("key:a", MANY).admitted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"17954", "1795426200000 key:a", "1795426200000 key:a default=17", "\0\0\0\0", "é\n\n 7 x y=1\n"})
    void a_line_that_was_cut_short_harms_no_other(String cut) throws IOException {
        RateLimiter first = start();
        assertThat(admits(first)).isTrue();
        Files.writeString(directory.resolve("limits.log"), cut, StandardOpenOption.APPEND);

        RateLimiter second = start();
        assertThat(admits(second)).isTrue();
        RateLimiter third = start();
        assertThat(admits(third)).isTrue();
        assertThat(admits(third)).isFalse();
    }

    @Test
    void forgets_lines_and_keys_that_are_of_no_more_use() throws IOException {
        InMemoryRateLimiter limiter = start();
        for (int i = 0; i < 3_000; i++) {
            limiter.admit("key:" + i, THREE);
            clock.advance(Duration.ofMillis(100));
        }

        assertThat(limiter.subjects()).isLessThan(1_300);
        assertThat(Files.size(directory.resolve("limits.log"))).isLessThan(50_000);
        assertThat(Files.size(directory.resolve("limits.log.old"))).isLessThan(50_000);
        assertThat(limiter.admit("key:2999", List.of(new Quota(RateClass.DEFAULT, 1)))
                        .admitted())
                .isFalse();
    }

    @Test
    void is_exact_whenever_the_files_change_places() {
        for (int i = 0; i < 100; i++) {
            RateLimiter limiter = start();
            boolean admitted = admits(limiter);
            assertThat(admitted)
                    .as("request %d, each 7 s after the one before", i)
                    .isEqualTo(i % 9 < 3);
            clock.advance(Duration.ofSeconds(7));
        }
    }

    @Test
    void a_clock_that_was_set_back_locks_nobody_out_for_long() {
        RateLimiter limiter = start();
        IntStream.range(0, 3).forEach(_ -> admits(limiter));
        clock.advance(Duration.ofDays(-1));
        assertThat(admits(limiter)).isTrue();
        IntStream.range(0, 2).forEach(_ -> admits(limiter));
        clock.advance(Duration.ofSeconds(-30));
        Ruling refused = limiter.admit("key:a", THREE);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(90);
        assertThat(admits(start())).isFalse();
    }

    @Test
    void is_written_again_after_its_file_was_gone() throws IOException {
        RateLimiter limiter = start();
        admits(limiter);
        Files.delete(directory.resolve("limits.log"));
        clock.advance(Duration.ofSeconds(62));
        IntStream.range(0, 3).forEach(_ -> admits(limiter));

        assertThat(admits(start())).isFalse();
    }

    @Test
    void goes_on_in_memory_when_nothing_can_be_written() throws IOException {
        AcceptedLog log = AcceptedLog.open(directory);
        InMemoryRateLimiter limiter = new InMemoryRateLimiter(log, clock);
        log.close();

        assertThat(IntStream.range(0, 4).mapToObj(_ -> admits(limiter)).toList())
                .containsExactly(true, true, true, false);
    }

    @Test
    void belongs_to_its_owner_alone_whenever_it_is_made() throws IOException {
        RateLimiter limiter = start();
        for (int i = 0; i < 3; i++) {
            admits(limiter);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("limits.log"))))
                    .isEqualTo("rw-------");
            clock.advance(Duration.ofMillis(61_001));
        }
    }

    @Test
    void a_log_that_was_removed_is_made_again() throws IOException {
        InMemoryRateLimiter limiter = start();
        assertThat(admits(limiter)).isTrue();
        Files.delete(directory.resolve("limits.log"));
        clock.advance(Duration.ofMillis(61_001));

        assertThat(admits(limiter)).isTrue();
        assertThat(admits(limiter)).isTrue();
        RateLimiter second = start();
        assertThat(admits(second)).isTrue();
        assertThat(admits(second)).isFalse();
    }

    @Test
    void a_start_between_the_two_steps_of_a_change_of_places_knows_what_was_accepted() throws IOException {
        assertThat(admits(start())).isTrue();
        Files.move(directory.resolve("limits.log"), directory.resolve("limits.log.old"));
        Files.createFile(directory.resolve("limits.log.new"));

        RateLimiter second = start();
        assertThat(admits(second)).isTrue();
        assertThat(admits(second)).isTrue();
        assertThat(admits(second)).isFalse();
    }
}
