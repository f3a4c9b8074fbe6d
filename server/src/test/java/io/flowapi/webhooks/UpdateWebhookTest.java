package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.WebhookDisabledReason;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdateWebhookTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final String id = alice.post("/v1/webhooks", """
                    {"url":"https://hooks.example.com/flow","events":["post.failed"],"description":"<i>Mine</i>",
                     "headers":{"X-A":"1","X-B":"2"}}
                    """).created();
    private final String path = "/v1/webhooks/" + id;

    private static WebhookStore store() {
        return new WebhookStore(
                flow.installation().ids(),
                flow.clock(),
                flow.installation().events(),
                flow.installation().vault());
    }

    private Map<String, String> headers() {
        return flow.installation().database().read(tx -> store().headers(tx, UUID.fromString(id)));
    }

    @Test
    void changes_what_is_named_and_leaves_the_rest() {
        JsonNode before = alice.get(path).ok();
        flow.clock().advance(Duration.ofSeconds(1));

        JsonNode changed = alice.patch(path, "{\"url\":\"https://hooks.example.com/other\",\"events\":[\"*\"]}")
                .ok();

        assertThat(changed.path("url").asText()).isEqualTo("https://hooks.example.com/other");
        assertThat(changed.path("events").toString()).isEqualTo("[\"*\"]");
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        assertThat(changed.path("updatedAt").asText())
                .isEqualTo(flow.clock().instant().toString());
        for (String same : List.of("description", "warnings", "headerNames", "status", "createdAt")) {
            assertThat(changed.path(same)).as(same).isEqualTo(before.path(same));
        }
        assertThat(changed.path("warnings")).hasSize(1);
        assertThat(headers()).isEqualTo(Map.of("X-A", "1", "X-B", "2"));
        assertThat(alice.get(path).ok()).isEqualTo(changed);
    }

    @Test
    void headers_are_changed_one_by_one_and_can_all_be_removed() {
        alice.patch(path, "{\"headers\":{\"X-A\":null,\"X-B\":\"3\",\"X-C\":\"4\"}}")
                .expect(200);
        assertThat(headers()).isEqualTo(Map.of("X-B", "3", "X-C", "4"));
        alice.patch(path, "{\"headers\":{\"x-b\":\"5\"}}")
                .isProblem(422, "validation_failed", "#/headers/x-b duplicate");

        alice.patch(path, "{\"headers\":null,\"description\":null}").expect(200);

        assertThat(headers()).isEmpty();
        JsonNode webhook = alice.get(path).ok();
        assertThat(webhook.has("description")).isFalse();
        assertThat(webhook.path("warnings")).isEmpty();
    }

    @Test
    void there_are_never_more_than_ten_headers() {
        for (int i = 0; i < 8; i++) {
            alice.patch(path, "{\"headers\":{\"X-" + i + "\":\"v\"}}").expect(200);
        }
        alice.patch(path, "{\"headers\":{\"X-8\":\"v\"}}").isProblem(422, "validation_failed", "#/headers too_long");
    }

    @Test
    void is_turned_off_and_on_and_says_so_in_an_event() {
        JsonNode off = alice.patch(path, "{\"status\":\"disabled\"}").ok();

        assertThat(off.path("status").asText()).isEqualTo("disabled");
        assertThat(off.path("disabledReason").asText()).isEqualTo("owner");
        assertThat(off.path("disabledAt").asText())
                .isEqualTo(flow.clock().instant().toString());
        JsonNode event = alice.get("/v1/events?type=webhook.disabled&resourceId=" + id)
                .ok()
                .path("data");
        assertThat(event).hasSize(1);
        assertThat(event.at("/0/data/webhook")).isEqualTo(off);
        assertThat(event.at("/0/sequence").asInt()).isEqualTo(1);

        alice.patch(path, "{\"status\":\"disabled\"}").expect(200);
        assertThat(alice.get("/v1/events?resourceId=" + id).ok().path("data")).hasSize(1);
        JsonNode on = alice.patch(path, "{\"status\":\"enabled\"}").ok();
        assertThat(on.path("status").asText()).isEqualTo("enabled");
        assertThat(on.has("disabledReason") || on.has("disabledAt")).isFalse();
    }

    @Test
    void that_one_is_disabled_is_told_to_the_others_and_not_to_itself() {
        String watching = alice.webhook("https://hooks.example.com/watch", "webhook.disabled");
        alice.patch(path, "{\"events\":[\"*\"]}").expect(200);

        flow.installation().database().write(tx -> {
            store().disable(tx, UUID.fromString(id), WebhookDisabledReason.FAILING);
            return null;
        });

        assertThat(alice.get(path).text("disabledReason")).isEqualTo("failing");
        assertThat(alice.get(path + "/deliveries").ok().path("data")).isEmpty();
        assertThat(alice.get("/v1/webhooks/" + watching + "/deliveries").text("data/0/eventType"))
                .isEqualTo("webhook.disabled");
    }

    @Test
    void is_changed_only_where_it_was_seen() {
        alice.patch(path, "{\"description\":\"x\"}", "If-Match", "\"7\"").isProblem(412, "precondition_failed");
        alice.delete(path, "If-Match", "\"7\"").isProblem(412, "precondition_failed");
        alice.patch(path, "{\"description\":\"x\"}", "If-Match", "\"1\"").expect(200);
        alice.delete(path, "If-Match", "\"2\"").expect(204);
    }

    @Test
    void says_all_that_is_wrong_at_once() {
        alice.patch(path, """
                        {"url":"http://10.0.0.1/","events":["post.lost"],"description":" ","headers":{"Host":"x"}}
                        """)
                .isProblem(
                        422,
                        "validation_failed",
                        "#/url address",
                        "#/events/0 unknown_event",
                        "#/description required",
                        "#/headers/Host excluded");
    }

    @Test
    void there_are_at_most_twenty() {
        Flow.TestUser user = flow.user();
        TestCaller bob = user.key(Mode.TEST);
        flow.installation().database().write(tx -> {
            for (int i = 0; i < 19; i++) {
                tx.execute(
                        "insert into webhooks (id, user_id, mode, url, events, status, created_at, updated_at, version)"
                                + " values (?, ?, 'test', 'https://x.example', '[]', 'enabled', 0, 0, 1)",
                        UUID.randomUUID(),
                        user.account().id());
            }
            return null;
        });
        bob.webhook("https://hooks.example.com", "*");

        bob.post("/v1/webhooks", "{\"url\":\"https://hooks.example.com\",\"events\":[\"*\"]}")
                .isProblem(409, "limit_reached");
        user.key(Mode.LIVE).webhook("https://hooks.example.com", "*");
    }
}
