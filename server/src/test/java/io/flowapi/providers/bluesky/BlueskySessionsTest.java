package io.flowapi.providers.bluesky;

import static io.flowapi.providers.bluesky.Outcomes.notSent;
import static io.flowapi.providers.bluesky.Outcomes.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.testing.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens end, and sessions are lost and renewed, without anybody noticing. */
class BlueskySessionsTest {

    @RegisterExtension
    final BlueskyChannel bluesky = new BlueskyChannel();

    @Test
    void an_expired_token_is_renewed_once_and_the_same_request_sent() {
        Sending sending = bluesky.sending("expired");
        bluesky.world.replaceAccessToken(bluesky.channel, bluesky.pds.expiredToken(bluesky.account));

        PublishOutcome outcome = bluesky.publish(sending);

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(bluesky.world.publisher().publish(bluesky.sending("after a restart")))
                .isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(bluesky.texts()).containsExactlyInAnyOrder("expired", "after a restart");
    }

    @Test
    void a_lost_session_is_made_again_from_the_app_password() {
        bluesky.world.replaceTokens(bluesky.channel, "broken", "broken");

        assertThat(bluesky.publish(bluesky.sending("again"))).isInstanceOf(PublishOutcome.Published.class);

        assertThat(bluesky.proxy.requests())
                .filteredOn(line -> line.contains("createSession"))
                .hasSize(2);
    }

    @Test
    void a_revoked_app_password_ends_the_channel() {
        Sending sending = bluesky.sending("revoked");
        bluesky.pds.revokeAppPassword(bluesky.account, "flow");
        bluesky.world.replaceAccessToken(bluesky.channel, bluesky.pds.expiredToken(bluesky.account));

        TargetError error = rejected(bluesky.publish(sending));

        assertThat(error.category()).isEqualTo(ErrorCategory.AUTH_EXPIRED);
        assertThat(error.code()).isEqualTo("credentials_refused");
        assertThat(error.retryable()).isFalse();
        assertThat(error.providerBody()).contains("AuthenticationRequired").doesNotContain(bluesky.password);
        assertThat(bluesky.texts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "200", "404"})
    void a_renewal_that_fails_is_tried_again_later(int status) {
        bluesky.world.replaceAccessToken(bluesky.channel, bluesky.pds.expiredToken(bluesky.account));
        bluesky.proxy.next(1, "refreshSession", Treatment.answer(status, "nothing"));

        notSent(bluesky.publish(bluesky.sending("renewal")));

        assertThat(bluesky.publish(bluesky.sending("renewal"))).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void twenty_threads_renew_a_session_once() throws Exception {
        bluesky.world.replaceAccessToken(bluesky.channel, bluesky.pds.expiredToken(bluesky.account));
        List<Callable<PublishOutcome>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Sending sending = bluesky.sending("post " + i);
            calls.add(() -> bluesky.publish(sending));
        }

        List<Future<PublishOutcome>> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = threads.invokeAll(calls);
        }

        assertThat(outcomes).extracting(Future::resultNow).allMatch(PublishOutcome.Published.class::isInstance);
        assertThat(bluesky.proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(bluesky.texts()).hasSize(20);
    }

    @Test
    void two_nodes_that_renew_at_once_both_publish() throws Exception {
        bluesky.world.replaceAccessToken(bluesky.channel, bluesky.pds.expiredToken(bluesky.account));
        Sending one = bluesky.sending("one");
        Sending two = bluesky.sending("two");

        List<Future<PublishOutcome>> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = threads.invokeAll(List.of(
                    () -> bluesky.world.publisher().publish(one),
                    () -> bluesky.world.publisher().publish(two)));
        }

        assertThat(outcomes).extracting(Future::resultNow).allMatch(PublishOutcome.Published.class::isInstance);
    }
}
