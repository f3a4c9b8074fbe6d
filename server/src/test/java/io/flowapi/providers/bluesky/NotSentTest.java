package io.flowapi.providers.bluesky;

import static io.flowapi.providers.bluesky.Outcomes.notSent;
import static io.flowapi.providers.bluesky.Outcomes.undecided;
import static io.flowapi.providers.bluesky.Outcomes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is away, or asks to wait, was not sent anything. */
@Tag("one-database")
class NotSentTest {

    @RegisterExtension
    final BlueskyChannel bluesky = new BlueskyChannel();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RateLimit-Reset: 1795426260 | 60",
                "Retry-After: 7 | 7",
                "Retry-After: 0 | 1",
                "Retry-After: 999999 | 3600",
                "Retry-After: soon | 60",
                "RateLimit-Reset: 1 | 1"
            })
    void a_rate_limit_tells_when_to_come_back(String header, long seconds) {
        String body = "{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}";
        bluesky.proxy.next(1, "putRecord", Treatment.answer(429, body, header));

        PublishOutcome outcome = bluesky.publish(bluesky.sending("limited"));

        assertThat(notSent(outcome).category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(((PublishOutcome.NotSent) outcome).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_server_that_is_down_was_not_sent_anything() {
        Sending sending = bluesky.sending("down");
        bluesky.proxy.refuse();

        TargetError error = notSent(bluesky.publish(sending));
        TargetError later = undecided(bluesky.resolve(sending));
        bluesky.proxy.listen();

        assertThat(error.code()).isEqualTo(later.code()).isEqualTo("provider_unreachable");
        assertThat(bluesky.publish(sending)).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void a_server_that_was_stopped_and_one_that_hung_make_one_post() {
        Sending stopped = bluesky.sending("stopped");
        Sending hung = bluesky.sending("hung");
        UUID direct = bluesky.world.channel(bluesky.pds.url(), bluesky.account, bluesky.password);
        Sending stoppedDirect = new Sending(stopped.targetId(), direct, 1, stopped.request(), stopped.startedAt());

        bluesky.pds.stop();
        PublishOutcome whileStopped = bluesky.publish(stoppedDirect);
        bluesky.pds.start();
        bluesky.pds.suspend();
        PublishOutcome whileHung = bluesky.publish(hung);
        bluesky.pds.resume();

        assertThat(notSent(whileStopped).code()).isEqualTo("provider_unreachable");
        assertThat(unknown(whileHung).code()).isEqualTo("no_answer");
        assertThat(bluesky.publish(stoppedDirect)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.publish(hung)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.resolve(hung)).isInstanceOf(Resolution.Found.class);
        assertThat(bluesky.texts()).containsExactlyInAnyOrder("stopped", "hung");
    }
}
