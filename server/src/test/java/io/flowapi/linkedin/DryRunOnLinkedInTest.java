package io.flowapi.linkedin;

import static io.flowapi.linkedin.TroubledLinkedIn.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.SentRequest;
import io.flowapi.testing.Treatment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a dry run says of a post for LinkedIn. */
class DryRunOnLinkedInTest {

    @RegisterExtension
    static final TroubledLinkedIn net = new TroubledLinkedIn();

    @Test
    void the_request_is_byte_for_byte_the_one_that_is_sent() {
        Map<String, ?> options = Map.of("audience", "logged_in", "reshareDisabled", true);
        String json = Json.text(Map.of(
                "content",
                "Grüße 👩‍👩‍👧 \"und\" \\ a < b & c_d #flow @[Acme](urn:li:organization:2414183)\nzweite\tZeile",
                "publishNow",
                true,
                "targets",
                List.of(Map.of("channelId", net.channel, "options", options))));
        int before = net.proxy.connections();
        JsonNode shown = net.flow
                .unchanged(() -> net.alice.post("/v1/posts/validate", json))
                .ok()
                .at("/targets/0/request");
        assertThat(net.proxy.connections()).as("calls of the dry run").isEqualTo(before);
        AtomicReference<byte[]> sent = new AtomicReference<>();
        net.nextPost(Treatment.forward(sent::set));

        JsonNode target = net.settled(net.alice.post("/v1/posts", json).created());

        assertThat(said(target)).isEqualTo("published");
        SentRequest.of(sent.get()).isAsShown(shown, text -> text);
        assertThat(shown.path("url").asText()).isEqualTo(net.proxy.url() + "/rest/posts");
        assertThat(shown.at("/headers/LinkedIn-Version").asText()).isEqualTo("202609");
    }
}
