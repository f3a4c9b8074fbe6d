package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreateChannelTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void connects_a_sandbox_channel() {
        TestCaller alice = flow.caller();

        Answer made = alice.post("/v1/channels", "{\"name\":\"Café 😀\",\"provider\":\"sandbox\"}");

        String id = made.created();
        assertThat(made.header("Location")).isEqualTo("/v1/channels/" + id);
        assertThat(made.text("name")).isEqualTo("Café 😀");
        assertThat(made.text("provider")).isEqualTo("sandbox");
        assertThat(made.text("status")).isEqualTo("connected");
        assertThat(made.body().path("version").asInt()).isEqualTo(1);
        assertThat(alice.get("/v1/channels/" + id).ok()).isEqualTo(made.body());
    }

    @Test
    void lists_the_newest_first_in_pages() {
        TestCaller alice = flow.caller();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            flow.clock().advance(Duration.ofMillis(1));
            made.addFirst(alice.channel());
        }

        JsonNode first = alice.get("/v1/channels?limit=3").ok();
        JsonNode last = alice.get("/v1/channels?limit=3&cursor="
                        + first.path("nextCursor").asText())
                .ok();

        assertThat(ids(first)).containsExactlyElementsOf(made.subList(0, 3));
        assertThat(ids(last)).containsExactlyElementsOf(made.subList(3, 5));
        assertThat(last.path("hasMore").asBoolean()).isFalse();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("data").forEach(channel -> ids.add(channel.path("id").asText()));
        return ids;
    }
}
