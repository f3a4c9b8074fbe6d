package io.flowapi.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(List.of("one", "other", "one"));

    private void enter(int jobs) {
        IntStream.range(0, jobs).forEach(_ -> lanes.enter("one"));
    }

    private void leave(int jobs) {
        IntStream.range(0, jobs).forEach(_ -> lanes.leave("one"));
    }

    @Test
    void a_full_lane_leaves_the_others_their_room() {
        enter(Lanes.PLACES_FIRST);

        assertThat(lanes.room()).containsOnlyKeys("other").containsEntry("other", Lanes.PLACES_FIRST);
    }

    @Test
    void each_job_that_ends_makes_room_for_one_more() {
        enter(Lanes.PLACES_FIRST);
        leave(3);

        assertThat(lanes.room()).containsEntry("one", 6).containsEntry("other", Lanes.PLACES_FIRST);
    }

    @Test
    void a_lane_does_not_grow_for_ever() {
        for (int job = 0; job < 2 * Lanes.PLACES_MAX; job++) {
            enter(1);
            leave(1);
        }

        assertThat(lanes.room()).containsEntry("one", Lanes.PLACES_MAX);
    }
}
