package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A network that cannot be asked for a whole day is not asked for ever. */
@Tag("one-database")
class NeverToldTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @Test
    void after_a_day_without_an_answer_a_person_is_asked() {
        try (TroubledNetwork network = TroubledNetwork.connected(flow)) {
            network.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());
            network.proxy.next(Integer.MAX_VALUE, "getRecord", Treatment.cutAtOnce());
            String post = network.publishNow("Who knows");
            for (int hour = 0; hour < 24; hour++) {
                network.afterDueJobs(post);
                assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("publishing");
                flow.clock().advance(HOUR);
            }

            JsonNode target = network.afterDueJobs(post);

            JsonNode settled = network.alice.getPost(post);
            assertThat(settled.path("status").asText()).isEqualTo("needs_attention");
            assertThat(target.path("status").asText()).isEqualTo("unknown");
            assertThat(target.at("/error/code").asText()).isEqualTo("never_told");
            assertThat(target.at("/error/retryable").asBoolean()).isFalse();
            flow.clock().advance(HOUR);
            network.afterDueJobs(post);
            assertThat(network.alice.getPost(post)).isEqualTo(settled);
        }
    }
}
