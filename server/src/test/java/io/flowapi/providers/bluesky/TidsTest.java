package io.flowapi.providers.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidsTest {

    private final TestClock clock = new TestClock();
    private final Tids tids = new Tids(clock, new Random(7));

    @Test
    void haveTheFormThatTheNetworkDemands() {
        assertThat(Stream.generate(tids::next).limit(1000))
                .allMatch(tid -> tid.matches("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}"));
    }

    @Test
    void growWhileTheClockStandsStillOrGoesBack() {
        String first = tids.next();
        String second = tids.next();
        clock.advance(Duration.ofHours(-1));
        String third = tids.next();
        clock.advance(Duration.ofHours(2));
        String fourth = tids.next();

        assertThat(List.of(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void areAllDifferentHoweverManyThreadsAsk() {
        assertThat(IntStream.range(0, 20_000).parallel().mapToObj(i -> tids.next()))
                .doesNotHaveDuplicates();
    }
}
