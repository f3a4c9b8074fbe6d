package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An owner is asked for new credentials before the old ones end, where nobody else can renew them. */
class CredentialsEndTest {

    private static final String ASKED = "channel.reauthorization_required";

    private Flow flow;
    private FakeOAuth network;
    private TestCaller application;

    @BeforeEach
    void open() {
        network = Owners.network(() -> flow.clock().instant());
        flow = new Flow(Owners.settings(network));
        flow.start();
        application = Owners.application(flow);
    }

    @AfterEach
    void close() {
        flow.stop();
        network.close();
    }

    @Test
    void credentials_that_nobody_can_renew_say_when_they_end_and_are_asked_for_seven_days_before_once() {
        network.givesNoRefreshTokens();
        network.accessTokensLive(Duration.ofDays(60));
        String channel = connected();
        Instant end = flow.clock().instant().plus(Duration.ofDays(60));
        assertThat(channel(channel).path("credentialsExpireAt").asText()).isEqualTo(end.toString());

        after(Duration.ofDays(53).minusMillis(1));
        assertThat(told()).doesNotContain(ASKED);
        after(Duration.ofMillis(1));
        assertThat(told()).containsOnlyOnce(ASKED);
        JsonNode asked = application.get("/v1/events").ok().path("data").get(0);
        assertThat(asked.at("/data/channel/status").asText()).isEqualTo("connected");
        assertThat(asked.at("/data/channel/credentialsExpireAt").asText()).isEqualTo(end.toString());
        assertThat(asked.path("sequence").asInt()).isEqualTo(2);
        assertThat(channel(channel).path("status").asText()).isEqualTo("connected");

        after(Duration.ofDays(6));
        after(Duration.ofDays(2));
        assertThat(told()).containsOnlyOnce(ASKED);
    }

    @Test
    void credentials_that_live_for_two_hours_are_asked_for_in_their_last_quarter() {
        network.givesNoRefreshTokens();
        connected();

        after(Duration.ofMinutes(90).minusMillis(1));
        assertThat(told()).doesNotContain(ASKED);
        after(Duration.ofMillis(1));
        assertThat(told()).containsOnlyOnce(ASKED);
    }

    @Test
    void credentials_that_can_be_renewed_end_at_no_time_that_is_known() {
        String channel = connected();

        after(Duration.ofDays(400));

        assertThat(channel(channel).has("credentialsExpireAt")).isFalse();
        assertThat(told()).doesNotContain(ASKED);
    }

    @Test
    void new_credentials_put_it_off() {
        network.givesNoRefreshTokens();
        String channel = connected();
        after(Duration.ofMinutes(60));
        network.accessTokensLive(Duration.ofDays(60));
        assertThat(Owners.connect(flow, application, "name", null, "channelId", channel))
                .contains(channel);

        after(Duration.ofDays(50));

        assertThat(told()).doesNotContain(ASKED);
        after(Duration.ofDays(4));
        assertThat(told()).containsOnlyOnce(ASKED);
    }

    @Test
    void tokens_that_were_obtained_elsewhere_end_too() {
        Instant end = flow.clock().instant().plus(Duration.ofDays(10));
        network.accessTokensLive(Duration.ofDays(10));
        String token = network.grant("alice").accessToken();
        Map<String, ?> credentials = Map.of("accessToken", token, "expiresAt", end.toString());
        String channel = application
                .post("/v1/channels", Json.text(Map.of("name", "N", "provider", "x", "credentials", credentials)))
                .created();

        assertThat(channel(channel).path("credentialsExpireAt").asText()).isEqualTo(end.toString());
        application.delete("/v1/channels/" + channel).expect(204);
        after(Duration.ofDays(10));
        assertThat(told()).doesNotContain(ASKED);
    }

    @Test
    void tokens_that_a_server_without_a_client_id_cannot_renew_end_too() {
        flow.stop();
        Map<String, String> unknown = new HashMap<>(Owners.settings(network));
        unknown.keySet().removeAll(List.of("FLOW_X_CLIENT_ID", "FLOW_X_CLIENT_SECRET"));
        flow = new Flow(unknown);
        flow.start();
        application = Owners.application(flow);
        Instant end = flow.clock().instant().plus(Duration.ofHours(2));
        FakeOAuth.Granted granted = network.grant("alice");
        Map<String, ?> credentials = Map.of(
                "accessToken", granted.accessToken(),
                "refreshToken", granted.refreshToken(),
                "expiresAt", end.toString());

        String channel = application
                .post("/v1/channels", Json.text(Map.of("name", "N", "provider", "x", "credentials", credentials)))
                .created();

        assertThat(channel(channel).path("credentialsExpireAt").asText()).isEqualTo(end.toString());
        after(Duration.ofMinutes(90));
        assertThat(told()).containsOnlyOnce(ASKED);
    }

    @Test
    void an_owner_who_was_asked_and_connects_again_is_told_as_connected() {
        network.givesNoRefreshTokens();
        String channel = connected();
        after(Duration.ofMinutes(90));
        assertThat(told()).containsExactlyInAnyOrder("channel.connected", ASKED);
        flow.clock().advance(Duration.ofSeconds(1));
        Instant end = flow.clock().instant().plus(Duration.ofHours(2));

        assertThat(Owners.connect(flow, application, "name", null, "channelId", channel))
                .contains(channel);

        assertThat(told()).containsExactlyInAnyOrder("channel.connected", ASKED, "channel.connected");
        JsonNode again = application.get("/v1/events").ok().path("data").get(0);
        assertThat(again.at("/data/channel/credentialsExpireAt").asText()).isEqualTo(end.toString());
        assertThat(again.path("sequence").asInt()).isEqualTo(3);
    }

    private String connected() {
        String returned = Owners.connect(flow, application);
        return returned.substring(returned.lastIndexOf('=') + 1);
    }

    private JsonNode channel(String id) {
        return application.get("/v1/channels/" + id).ok();
    }

    private void after(Duration time) {
        flow.clock().advance(time);
        flow.runDueJobs();
    }

    private List<String> told() {
        return application.get("/v1/events").ok().path("data").findValuesAsText("type");
    }
}
