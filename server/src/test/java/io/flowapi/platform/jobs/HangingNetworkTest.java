package io.flowapi.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.HangingPds;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real connections and a worker that takes its jobs itself; what is asked is who comes out, not when. */
class HangingNetworkTest {

    /** Shorter than a call that hangs: nobody waits for one to end. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private static final int MORE_THAN_ITS_PLACES = Lanes.PLACES_FIRST + 5;
    private static final int OTHERS = 10;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.user().key(Mode.LIVE);

    @Test
    void a_network_that_hangs_on_every_call_holds_its_own_places_and_no_others() {
        try (HangingPds network = HangingPds.start()) {
            String hanging = connect(network);
            String sandbox = alice.channel();
            publish(hanging, MORE_THAN_ITS_PLACES);
            flow.startWorker();
            Await.within(WITHIN, () -> network.held() >= Lanes.PLACES_FIRST);

            publish(sandbox, OTHERS);
            Await.within(WITHIN, () -> alice.timeline(sandbox).size() == OTHERS);

            assertThat(alice.get("/v1/posts?limit=100&status=publishing&channelId=" + hanging)
                            .ok()
                            .path("data"))
                    .hasSize(MORE_THAN_ITS_PLACES);
        }
    }

    private String connect(HangingPds network) {
        Map<String, String> credentials =
                Map.of("service", network.url(), "identifier", "hangs.test", "appPassword", "secret");
        return alice.post(
                        "/v1/channels",
                        Json.text(Map.of("name", "Hangs", "provider", "bluesky", "credentials", credentials)))
                .created();
    }

    private void publish(String channel, int posts) {
        for (int i = 0; i < posts; i++) {
            alice.publishNow(channel, "post " + i);
        }
    }
}
