package io.flowapi.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetCallerTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void tells_who_is_calling_and_with_which_key() {
        Flow.TestUser alice = flow.user();

        JsonNode me =
                alice.key(Mode.LIVE, "posts:read", "keys:read").get("/v1/me").ok();

        assertThat(me.at("/user/id").asText()).isEqualTo(alice.account().id().toString());
        assertThat(me.at("/user/name").asText()).isEqualTo(alice.account().name());
        assertThat(me.at("/apiKey/mode").asText()).isEqualTo("live");
        assertThat(me.at("/apiKey/scopes"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("posts:read", "keys:read");
    }

    @Test
    void needs_no_scope() {
        assertThat(flow.caller("posts:write").get("/v1/me").ok().has("user")).isTrue();
    }
}
