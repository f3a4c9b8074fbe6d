package io.flowapi.client;

import static io.flowapi.client.SignedDelivery.EVENT;
import static io.flowapi.client.SignedDelivery.SECRET;
import static io.flowapi.client.SignedDelivery.SENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.client.WebhookRefusedException.Reason;
import io.flowapi.client.model.Event;
import io.flowapi.client.model.EventType;
import io.flowapi.client.model.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {

    private static final String OLD_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    private final SignedDelivery delivery = SignedDelivery.of(EVENT);

    @Test
    void gives_the_event_of_a_genuine_delivery() {
        Event event = delivery.unwrap(SECRET);

        assertThat(event.id()).isEqualTo(Samples.ID);
        assertThat(event.type()).isEqualTo(EventType.TARGET_PUBLISHED);
        assertThat(event.sequence()).isOne();
        assertThat(event.data().target().status()).isEqualTo(TargetStatus.PUBLISHED);
    }

    @Test
    void keeps_a_type_it_does_not_know_and_ignores_members_it_does_not_know() {
        String newer = EVENT.replace("target.published", "pigeon.released").replace("\"data\": {", """
                "mood": ["good"], "data": {"pigeon": {"rings": [1]},""");

        Event event = SignedDelivery.of(newer).unwrap(SECRET);

        assertThat(event.type()).isEqualTo(EventType.of("pigeon.released"));
        assertThat(event.type().isKnown()).isFalse();
        assertThat(event.resourceId()).isEqualTo(Samples.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void refuses_a_header_that_is_missing_or_repeated(String header) {
        String value = delivery.header(header);

        assertThat(delivery.without(header).refusal(SECRET)).isEqualTo(Reason.MISSING_HEADER);
        assertThat(delivery.with(header).refusal(SECRET)).isEqualTo(Reason.MISSING_HEADER);
        assertThat(delivery.with(header, value, value).refusal(SECRET)).isEqualTo(Reason.REPEATED_HEADER);
    }

    @Test
    void takes_headers_from_a_map_whatever_the_case_of_their_names() {
        SignedDelivery now = SignedDelivery.signed(Samples.ID.toString(), Instant.now(), EVENT, SECRET);
        Map<String, List<String>> headers = new HashMap<>();
        now.headers().forEach((name, values) -> headers.put(name.toUpperCase(Locale.ROOT), values));
        headers.put(null, List.of("HTTP/1.1 200 OK"));

        assertThat(Webhooks.unwrap(now.body(), headers, SECRET).id()).isEqualTo(Samples.ID);

        headers.put("Webhook-Id", List.of("another"));
        assertThat(catchThrowableOfType(
                                WebhookRefusedException.class, () -> Webhooks.unwrap(now.body(), headers, SECRET))
                        .reason())
                .isEqualTo(Reason.REPEATED_HEADER);
    }

    @Test
    void refuses_repeated_headers_that_something_on_the_way_has_joined() {
        String signature = delivery.header("webhook-signature");
        String sent = delivery.header("webhook-timestamp");

        assertThat(delivery.with("webhook-id", "a, b").refusal(SECRET)).isEqualTo(Reason.MALFORMED_ID);
        assertThat(delivery.with("webhook-id", "a,b").refusal(SECRET)).isEqualTo(Reason.MALFORMED_ID);
        assertThat(delivery.with("webhook-timestamp", sent + ", " + sent).refusal(SECRET))
                .isEqualTo(Reason.MALFORMED_TIMESTAMP);
        assertThat(delivery.withSignature(signature + ", " + signature).refusal(SECRET))
                .isEqualTo(Reason.MALFORMED_SIGNATURE);
    }

    @Test
    void refuses_an_id_that_moves_the_border_between_id_time_and_body() {
        Instant soon = SENT.plusSeconds(1);
        String borrowed = Long.toString(soon.getEpochSecond());
        String signature = SignedDelivery.signature("a", SENT, borrowed + "." + EVENT, SECRET);
        SignedDelivery moved = delivery.with("webhook-id", "a." + SENT.getEpochSecond())
                .with("webhook-timestamp", borrowed)
                .withSignature(signature);

        assertThat(moved.refusal(SECRET)).isEqualTo(Reason.MALFORMED_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "Infinity",
                "1e9",
                "+1795426200",
                "-1",
                "1795426200.5",
                "0x6b03f558",
                "1795426200 ",
                " 1795426200",
                "1 795 426 200",
                "1_795_426_200",
                "١٧٩٥٤٢٦٢٠٠",
                "2026-11-23T09:30:00Z",
                "17954262001795426200"
            })
    void refuses_a_time_that_is_no_whole_number_of_seconds(String timestamp) {
        assertThat(delivery.with("webhook-timestamp", timestamp).refusal(SECRET))
                .isEqualTo(Reason.MALFORMED_TIMESTAMP);
    }

    @Test
    void takes_what_is_five_minutes_old_or_early_and_no_second_more() {
        Duration tolerance = Webhooks.TOLERANCE;
        Duration more = tolerance.plusSeconds(1);

        assertThat(tolerance).isEqualTo(Duration.ofMinutes(5));
        assertThat(delivery.unwrapAt(SENT.plus(tolerance), tolerance, SECRET)).isNotNull();
        assertThat(delivery.unwrapAt(SENT.minus(tolerance), tolerance, SECRET)).isNotNull();
        assertThat(delivery.refusalAt(SENT.plus(more), tolerance, SECRET)).isEqualTo(Reason.TOO_OLD);
        assertThat(delivery.refusalAt(SENT.minus(more), tolerance, SECRET)).isEqualTo(Reason.IN_THE_FUTURE);
    }

    @Test
    void takes_milliseconds_for_a_time_far_in_the_future() {
        assertThat(delivery.with("webhook-timestamp", Long.toString(SENT.toEpochMilli()))
                        .refusal(SECRET))
                .isEqualTo(Reason.IN_THE_FUTURE);
    }

    @Test
    void a_tolerance_of_zero_means_this_very_second_and_a_negative_one_nothing() {
        assertThat(delivery.unwrapAt(SENT.plusMillis(999), Duration.ZERO, SECRET))
                .isNotNull();
        assertThat(delivery.refusalAt(SENT.plusSeconds(1), Duration.ZERO, SECRET))
                .isEqualTo(Reason.TOO_OLD);
        assertThat(delivery.refusalAt(SENT.minusMillis(1), Duration.ZERO, SECRET))
                .isEqualTo(Reason.IN_THE_FUTURE);
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.unwrapAt(SENT, Duration.ofMillis(-1), SECRET));
    }

    @Test
    void a_test_may_keep_a_delivery_for_years() {
        assertThat(delivery.unwrapAt(SENT.plus(Duration.ofDays(4000)), Duration.ofDays(4000), SECRET))
                .isEqualTo(delivery.unwrap(SECRET));
    }

    @Test
    void takes_either_secret_while_one_replaces_the_other() {
        SignedDelivery byBoth = SignedDelivery.signed("evt_1", SENT, EVENT, SECRET, OLD_SECRET);
        SignedDelivery byOld = SignedDelivery.signed("evt_1", SENT, EVENT, OLD_SECRET);

        for (String[] known :
                List.of(new String[] {SECRET}, new String[] {OLD_SECRET}, new String[] {SECRET, OLD_SECRET})) {
            assertThat(byBoth.unwrap(known)).isNotNull();
        }
        assertThat(byOld.unwrap(SECRET, OLD_SECRET)).isNotNull();
        assertThat(byOld.unwrap(OLD_SECRET, SECRET)).isNotNull();
        assertThat(byOld.refusal(SECRET)).isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_c2hvcnQ=",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjU",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
                " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwA",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-"
            })
    void an_empty_secret_and_one_of_another_form_are_no_fault_of_the_delivery(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> delivery.unwrap(secret))
                .withMessageStartingWith("a secret ")
                .withMessageNotContaining("MfKQ9r8GKYqrTwjU");
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.unwrap(SECRET, secret));
    }

    @Test
    void no_secret_at_all_and_one_that_the_environment_does_not_have_are_said() {
        assertThatIllegalArgumentException().isThrownBy(delivery::unwrap).withMessage("at least one secret is needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> delivery.unwrap(SECRET, System.getenv("NO_SUCH_VARIABLE")))
                .withMessage("a secret is empty");
    }

    @Test
    void says_of_a_genuine_body_that_is_no_event_just_that() {
        for (String body : List.of("", "null", "[]", "{}", "{\"type\": \"ping\"}", EVENT + "{}", "<event/>")) {
            assertThat(SignedDelivery.of(body).refusal(SECRET)).as(body).isEqualTo(Reason.UNREADABLE_BODY);
        }
        byte[] latin = EVENT.replace("sandbox", "sándbox").getBytes(ISO_8859_1);
        String signature =
                WebhookSecret.all(SECRET).getFirst().sign("evt_1", delivery.header("webhook-timestamp"), latin);
        SignedDelivery notUtf8 =
                delivery.withBody(latin).with("webhook-id", "evt_1").withSignature(signature);
        assertThat(notUtf8.refusal(SECRET)).isEqualTo(Reason.UNREADABLE_BODY);
    }
}
