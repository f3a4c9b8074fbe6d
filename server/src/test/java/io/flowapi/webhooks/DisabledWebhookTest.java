package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Received;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the first failure to the last event, through the API alone. */
class DisabledWebhookTest {

    private static final Duration STEP = Duration.ofHours(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final WebhookReceiver receiver = WebhookReceiver.start();

    @AfterEach
    void close() {
        receiver.close();
    }

    private String webhook(String path) {
        return alice.post("/v1/webhooks", Json.text(Map.of("url", receiver.url(path), "events", List.of("*"))))
                .created();
    }

    private static void pass(Duration time) {
        Instant end = flow.clock().instant().plus(time);
        while (flow.clock().instant().isBefore(end)) {
            flow.clock().advance(STEP);
            flow.deliverDue();
        }
    }

    private JsonNode shown(String webhook) {
        return alice.get("/v1/webhooks/" + webhook).ok();
    }

    private List<String> told(String path) {
        return receiver.received(path).stream().map(Received::type).toList();
    }

    private void failsWith(int status) {
        receiver.answers(attempt -> Reply.status(attempt.path().equals("/ours") ? status : 200));
    }

    @Test
    void after_five_days_of_failure_it_is_disabled_told_of_enabled_and_gets_the_rest() {
        Instant since = flow.clock().instant();
        String ours = webhook("/ours");
        webhook("/watching");
        failsWith(500);
        List<String> channels = new ArrayList<>(List.of(alice.channel()));
        flow.deliverDue();
        for (int day = 0; day < 4; day++) {
            pass(Duration.ofDays(1));
            channels.add(alice.channel());
        }
        assertThat(shown(ours).path("status").asText()).isEqualTo("enabled");
        assertThat(shown(ours).path("failingSince").asText()).isEqualTo(since.toString());
        pass(Duration.ofDays(2));

        assertThat(shown(ours).path("status").asText()).isEqualTo("disabled");
        assertThat(shown(ours).path("disabledReason").asText()).isEqualTo("failing");
        assertThat(told("/watching")).contains("webhook.disabled");
        assertThat(told("/ours")).doesNotContain("webhook.disabled");

        channels.add(alice.channel());
        int tried = receiver.received("/ours").size();
        pass(Duration.ofDays(1));
        assertThat(receiver.received("/ours")).hasSize(tried);

        failsWith(200);
        alice.patch("/v1/webhooks/" + ours, "{\"status\":\"enabled\"}").expect(200);
        alice.post("/v1/webhooks/" + ours + "/recover", Json.text(Map.of("since", since)))
                .expect(200);
        flow.deliverDue();
        List<Received> late = receiver.received("/ours")
                .subList(tried, receiver.received("/ours").size());
        assertThat(late)
                .extracting(received ->
                        Json.tree(received.text()).path("resourceId").asText())
                .containsExactlyInAnyOrderElementsOf(channels);
        assertThat(shown(ours).path("failingSince").isMissingNode()
                        || shown(ours).path("failingSince").isNull())
                .isTrue();
    }

    @Test
    void one_that_is_gone_is_disabled_at_once_and_what_it_did_not_take_waits() {
        String ours = webhook("/ours");
        failsWith(410);
        String channel = alice.channel();
        flow.deliverDue();

        assertThat(shown(ours).path("disabledReason").asText()).isEqualTo("gone");
        failsWith(200);
        alice.patch("/v1/webhooks/" + ours, "{\"status\":\"enabled\"}").expect(200);
        pass(STEP);

        assertThat(receiver.received("/ours"))
                .extracting(received ->
                        Json.tree(received.text()).path("resourceId").asText())
                .containsExactly(channel, channel);
    }

    @Test
    void a_test_event_is_delivered_and_its_attempt_is_shown() {
        String ours = webhook("/ours");
        failsWith(503);
        String delivery = alice.post("/v1/webhooks/" + ours + "/test").created();
        flow.deliverDue();
        failsWith(200);
        pass(STEP);

        JsonNode shown =
                alice.get("/v1/webhooks/" + ours + "/deliveries/" + delivery).ok();
        assertThat(shown.path("status").asText()).isEqualTo("delivered");
        assertThat(shown.path("attempts")).hasSize(2);
        assertThat(told("/ours")).containsExactly("ping", "ping");
    }

    @Test
    void what_is_sent_once_more_has_the_same_id() {
        String ours = webhook("/ours");
        alice.channel();
        flow.deliverDue();
        String delivery = alice.get("/v1/webhooks/" + ours + "/deliveries")
                .ok()
                .at("/data/0/id")
                .asText();

        alice.post("/v1/webhooks/" + ours + "/deliveries/" + delivery + "/redeliver")
                .expect(201);
        flow.deliverDue();

        assertThat(receiver.received("/ours")).extracting(Received::id).hasSize(2);
        assertThat(receiver.received("/ours").stream().map(Received::id).distinct())
                .hasSize(1);
    }
}
