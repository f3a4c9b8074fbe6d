package io.flowapi.client;

import static io.flowapi.client.SignedDelivery.EVENT;
import static io.flowapi.client.SignedDelivery.SECRET;
import static io.flowapi.client.SignedDelivery.SENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.WebhookRefusedException.Reason;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

    private static final String OTHER_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";

    private final SignedDelivery delivery = SignedDelivery.of(EVENT);

    @Test
    void refuses_signatures_that_are_all_of_other_versions() {
        String signature = delivery.header("webhook-signature");

        assertThat(delivery.withSignature(signature.replace("v1,", "v2,")).refusal(SECRET))
                .isEqualTo(Reason.UNSUPPORTED_SIGNATURE);
        assertThat(delivery.withSignature(signature.replace("v1,", "v1a,")).refusal(SECRET))
                .isEqualTo(Reason.UNSUPPORTED_SIGNATURE);
        assertThat(delivery.withSignature("v1a,c2hvcnQ= " + signature + " v2,x-y_z")
                        .unwrap(SECRET))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v1",
                "v1,",
                "v1,AAAA",
                "v1=AAAA",
                "V1,AAAA",
                "v1,é",
                "v1,日本語",
                "v1,\u0000",
                "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-="
            })
    void refuses_what_cannot_be_a_signature_alone_and_beside_a_good_one(String malformed) {
        String good = delivery.header("webhook-signature");

        assertThat(delivery.withSignature(malformed).refusal(SECRET)).isEqualTo(Reason.MALFORMED_SIGNATURE);
        assertThat(delivery.withSignature(good + " " + malformed).refusal(SECRET))
                .isEqualTo(Reason.MALFORMED_SIGNATURE);
    }

    @Test
    void refuses_more_signatures_than_any_roll_makes() {
        String signature = delivery.header("webhook-signature");

        assertThat(delivery.withSignature((signature + " ").repeat(31) + signature)
                        .unwrap(SECRET))
                .isNotNull();
        assertThat(delivery.withSignature((signature + " ").repeat(32) + signature)
                        .refusal(SECRET))
                .isEqualTo(Reason.MALFORMED_SIGNATURE);
    }

    @Test
    void refuses_another_base64_text_of_the_same_signature() {
        String signature = delivery.header("webhook-signature");
        char last = signature.charAt(signature.length() - 2);
        String same = signature.substring(0, signature.length() - 2) + (char) (last + 1) + "=";

        assertThat(Base64.getDecoder().decode(same.substring(3)))
                .isEqualTo(Base64.getDecoder().decode(signature.substring(3)));
        assertThat(delivery.withSignature(same).refusal(SECRET)).isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void refuses_a_body_altered_by_one_space() {
        assertThat(delivery.withBody((EVENT + " ").getBytes(UTF_8)).refusal(SECRET))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(delivery.withBody((" " + EVENT).getBytes(UTF_8)).refusal(SECRET))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(delivery.withBody(EVENT.replaceFirst(" ", "").getBytes(UTF_8))
                        .refusal(SECRET))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(delivery.withBody(new byte[0]).refusal(SECRET)).isEqualTo(Reason.WRONG_SIGNATURE);
    }

    @Test
    void refuses_another_id_another_time_and_another_secret() {
        assertThat(delivery.with("webhook-id", "evt_2").refusal(SECRET)).isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(delivery.with("webhook-timestamp", Long.toString(SENT.getEpochSecond() + 1))
                        .refusal(SECRET))
                .isEqualTo(Reason.WRONG_SIGNATURE);
        assertThat(delivery.refusal(OTHER_SECRET)).isEqualTo(Reason.WRONG_SIGNATURE);
    }
}
