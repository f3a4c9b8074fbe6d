package io.flowapi.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListApiKeysTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void lists_the_newest_first_in_pages() {
        TestCaller alice = flow.caller();
        List<String> made = new ArrayList<>(List.of(alice.get("/v1/me").text("apiKey/id")));
        for (String name : List.of("A", "B", "C")) {
            flow.clock().advance(Duration.ofMillis(1));
            made.addFirst(
                    alice.post("/v1/api-keys", "{\"name\":\"" + name + "\"}").created());
        }

        JsonNode first = alice.get("/v1/api-keys?limit=3").ok();
        JsonNode last = alice.get("/v1/api-keys?limit=3&cursor="
                        + first.path("nextCursor").asText())
                .ok();

        assertThat(first.path("data"))
                .extracting(key -> key.path("id").asText())
                .containsExactlyElementsOf(made.subList(0, 3));
        assertThat(first.path("hasMore").asBoolean()).isTrue();
        assertThat(last.path("data")).extracting(key -> key.path("id").asText()).containsExactly(made.getLast());
        assertThat(last.path("hasMore").asBoolean()).isFalse();
        assertThat(last.has("nextCursor")).isFalse();
    }

    @Test
    void shows_when_a_key_was_last_used() {
        TestCaller alice = flow.caller();
        JsonNode made =
                alice.post("/v1/api-keys", "{\"name\":\"Used\"}").expect(201).body();
        String path = "/v1/api-keys/" + made.path("id").asText();
        TestCaller used = alice.withKey(made.path("secret").asText());
        assertThat(alice.get(path).ok().has("lastUsedAt")).isFalse();

        used.get("/v1/me").expect(200);

        String now = flow.clock().instant().toString();
        Await.within(
                Duration.ofSeconds(5), () -> alice.get(path).text("lastUsedAt").equals(now));
    }
}
