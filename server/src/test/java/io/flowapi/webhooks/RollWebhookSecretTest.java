package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RollWebhookSecretTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final Answer made =
            alice.post("/v1/webhooks", "{\"url\":\"https://hooks.example.com/flow\",\"events\":[\"post.failed\"]}");
    private final String path = "/v1/webhooks/" + made.text("id");

    private Answer roll(String json) {
        return alice.post(path + "/roll-secret", json);
    }

    /** What a delivery is signed with now. */
    private List<String> signing() {
        WebhookSecretStore store = new WebhookSecretStore(
                flow.installation().vault(), flow.installation().ids(), flow.clock());
        return flow.installation().database().read(tx -> store.valid(tx, UUID.fromString(made.text("id"))));
    }

    @Test
    void both_sign_until_the_old_one_has_expired_the_new_one_first() {
        String old = made.text("secret");

        Answer rolled = roll("{\"expiresInSeconds\":3600}").expect(200);

        assertThat(rolled.text("secret")).startsWith("whsec_").isNotEqualTo(old);
        assertThat(rolled.text("id")).isEqualTo(made.text("id"));
        assertThat(signing()).containsExactly(rolled.text("secret"), old);
        flow.clock().advance(Duration.ofSeconds(3599));
        assertThat(signing()).containsExactly(rolled.text("secret"), old);
        flow.clock().advance(Duration.ofSeconds(1));
        assertThat(signing()).containsExactly(rolled.text("secret"));
    }

    @Test
    void the_old_one_signs_for_a_day_where_nothing_is_said() {
        String rolled = roll("{}").expect(200).text("secret");

        flow.clock().advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(signing()).hasSize(2);
        flow.clock().advance(Duration.ofSeconds(1));
        assertThat(signing()).containsExactly(rolled);
    }

    @Test
    void a_secret_that_is_known_to_others_ends_at_once() {
        roll("{}").expect(200);

        String last = roll("{\"expiresInSeconds\":0}").expect(200).text("secret");

        // The first goes on for its day: only the one before ends now.
        assertThat(signing()).containsExactly(last, made.text("secret"));
    }

    @Test
    void ten_old_ones_sign_at_most_and_one_more_can_follow_when_one_has_expired() {
        List<String> secrets = new ArrayList<>(List.of(made.text("secret")));
        for (int i = 0; i < 10; i++) {
            flow.clock().advance(Duration.ofSeconds(1));
            secrets.addFirst(roll("{\"expiresInSeconds\":600}").expect(200).text("secret"));
        }
        assertThat(signing()).isEqualTo(secrets);

        roll("{\"expiresInSeconds\":600}").isProblem(409, "limit_reached");
        assertThat(signing()).isEqualTo(secrets);
        flow.clock().advance(Duration.ofSeconds(591));
        roll("{\"expiresInSeconds\":600}").expect(200);
        assertThat(signing()).hasSize(11);
    }

    @Test
    void refuses_an_overlap_of_over_a_week() {
        roll("{\"expiresInSeconds\":604801}").isProblem(422, "validation_failed");
        roll("{\"expiresInSeconds\":-1}").isProblem(422, "validation_failed");
        assertThat(signing()).containsExactly(made.text("secret"));
    }

    @Test
    void a_repeated_roll_is_one() {
        String first = alice.post(path + "/roll-secret", "{}", "Idempotency-Key", "r")
                .expect(200)
                .text("secret");

        assertThat(alice.post(path + "/roll-secret", "{}", "Idempotency-Key", "r")
                        .expect(200)
                        .text("secret"))
                .isEqualTo(first);
        assertThat(signing()).hasSize(2);
    }
}
