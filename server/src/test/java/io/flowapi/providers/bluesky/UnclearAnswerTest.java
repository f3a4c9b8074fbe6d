package io.flowapi.providers.bluesky;

import static io.flowapi.providers.bluesky.Outcomes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was sent and not answered for certain is unknown, and reading back decides. */
@Tag("one-database")
class UnclearAnswerTest {

    @RegisterExtension
    final BlueskyChannel bluesky = new BlueskyChannel();

    @Test
    void a_lost_answer_is_resolved_by_reading_back() {
        Sending sending = bluesky.sending("lost");
        bluesky.proxy.next(1, "putRecord", Treatment.cutBeforeAnswer());

        assertThat(unknown(bluesky.publish(sending)).code()).isEqualTo("no_answer");

        assertThat(bluesky.resolve(sending)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.publishedAt()).isEqualTo(bluesky.world.clock.instant());
            assertThat(found.providerPostId()).contains(bluesky.account.did());
        });
        assertThat(bluesky.texts()).containsExactly("lost");
    }

    @Test
    void a_lost_request_is_absent_and_can_be_sent_again() {
        Sending sending = bluesky.sending("absent");
        bluesky.proxy.next(1, "putRecord", Treatment.cutAtOnce());

        assertThat(unknown(bluesky.publish(sending)).category()).isEqualTo(ErrorCategory.UNKNOWN);

        assertThat(bluesky.resolve(sending)).isInstanceOf(Resolution.Absent.class);
        assertThat(bluesky.publish(sending)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.texts()).containsExactly("absent");
    }

    /** The limit of a call is ten seconds of real time. */
    @Test
    void silence_is_unknown_and_the_post_is_found() {
        Sending sending = bluesky.sending("silence");
        bluesky.proxy.next(1, "putRecord", Treatment.silenceInsteadOfAnswer());

        unknown(bluesky.publish(sending));

        assertThat(bluesky.resolve(sending)).isInstanceOf(Resolution.Found.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"error\":\"InternalServerError\",\"message\":\"x\"}",
                "502 | <html>",
                "301 | {}",
                "200 | {}",
                "200 | garbage",
                "200 | {\"uri\":\"at://did:plc:other/app.bsky.feed.post/x\"}",
                "400 | <html>",
                "408 | {\"error\":\"Timeout\"}",
                "204 | {}"
            })
    void an_answer_that_proves_nothing_leaves_it_unknown(int status, String body) {
        Sending sending = bluesky.sending("unclear");
        bluesky.proxy.next(1, "putRecord", Treatment.answer(status, body));

        TargetError error = unknown(bluesky.publish(sending));

        assertThat(error.retryable()).isTrue();
        assertThat(bluesky.resolve(sending)).isInstanceOf(Resolution.Absent.class);
    }

    @Test
    void bytes_that_are_not_http_leave_it_unknown() {
        bluesky.proxy.next(1, "putRecord", Treatment.raw("nonsense\r\n\r\n"));

        unknown(bluesky.publish(bluesky.sending("raw")));
    }

    @Test
    void resolving_waits_longer_the_longer_it_is_unknown() {
        Sending sending = bluesky.sending("unknown");
        bluesky.proxy.otherwise(Treatment.answer(500, "{}"));

        Resolution soon = bluesky.resolve(sending);
        bluesky.world.clock.advance(Duration.ofMinutes(10));
        Resolution later = bluesky.resolve(sending);
        bluesky.world.clock.advance(Duration.ofDays(1));
        Resolution muchLater = bluesky.resolve(sending);

        assertThat(List.of(soon, later, muchLater))
                .map(resolution -> ((Resolution.Undecided) resolution).retryAfter())
                .containsExactly(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
}
