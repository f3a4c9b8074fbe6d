package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateChannelTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/merge-patch+json"})
    void renames_a_channel(String type) {
        TestCaller alice = flow.caller();
        String path = "/v1/channels/" + alice.channel();
        String created = alice.get(path).text("createdAt");
        flow.clock().advance(Duration.ofSeconds(1));

        JsonNode renamed = alice.patch(path, "{\"name\":\"Renamed\"}", "Content-Type", type)
                .ok();

        assertThat(renamed.path("name").asText()).isEqualTo("Renamed");
        assertThat(renamed.path("version").asInt()).isEqualTo(2);
        assertThat(renamed.path("createdAt").asText()).isEqualTo(created);
        assertThat(renamed.path("updatedAt").asText())
                .isEqualTo(flow.clock().instant().toString());
        assertThat(alice.get(path).ok()).isEqualTo(renamed);
    }

    @Test
    void says_all_that_is_wrong_at_once() {
        TestCaller alice = flow.caller();

        alice.patch("/v1/channels/" + alice.channel(), """
                        {"name":" ","credentials":
                          {"service":"https://bsky.social","identifier":"a.b","appPassword":"x"}}
                        """)
                .isProblem(422, "validation_failed", "#/name required", "#/credentials excluded");
    }
}
