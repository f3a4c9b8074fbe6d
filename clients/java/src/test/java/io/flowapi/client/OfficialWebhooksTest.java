package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.standardwebhooks.Webhook;
import io.flowapi.client.WebhookRefusedException.Reason;
import io.flowapi.client.model.Event;
import io.flowapi.client.model.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same answers as the official library of Standard Webhooks, and the vectors of the specification. */
class OfficialWebhooksTest {

    private static final int BODIES = 300;
    private static final int ALTERATIONS = 5_000;

    private final Random random = new Random(20261123);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            whsec_plJ3nmyCDGBKInavdOK15jsl|msg_loFOjxBNrRLzqYUf|1731705121|{"event_type":"ping","data":{"success":true}}|v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=
            whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|{"test": 2432232314}|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=
            """)
    void signs_the_vectors_of_the_specification(
            String secret, String id, String timestamp, String body, String signature) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));

        assertThat(WebhookSecret.all(secret).getFirst().sign(id, timestamp, bytes))
                .isEqualTo(signature);
        // Genuine, so that what is inside is looked at; and that is no event.
        WebhookRefusedException refused = catchThrowableOfType(
                WebhookRefusedException.class,
                () -> SignedDelivery.signed(id, sent, body, secret).unwrapAt(sent, Duration.ZERO, secret));
        assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE_BODY);
    }

    @Test
    void takes_what_the_library_signs_and_the_library_takes_what_is_signed_here() throws Exception {
        for (int i = 0; i < BODIES; i++) {
            String secret = secret(24 + random.nextInt(41));
            Instant now = Instant.now();
            String body = event(text(200));
            SignedDelivery delivery = SignedDelivery.signed("evt_" + i, now, body, secret);

            Event event = Webhooks.unwrap(delivery.body(), delivery.headers()::get, secret);

            assertThat(event.type()).isEqualTo(EventType.POST_PUBLISHED);
            String ours = WebhookSecret.all(secret)
                    .getFirst()
                    .sign("evt_" + i, delivery.header("webhook-timestamp"), delivery.body());
            new Webhook(secret)
                    .verify(body, delivery.with("webhook-signature", ours).headers());
        }
    }

    @Test
    void refuses_every_delivery_of_which_one_bit_is_another() {
        SignedDelivery delivery = SignedDelivery.of(event(text(40)));
        List<SignedDelivery> altered = new ArrayList<>();
        for (int bit = 0; bit < delivery.body().length * 8; bit++) {
            altered.add(delivery.withBody(flipped(delivery.body(), bit)));
        }
        for (String header : delivery.headers().keySet()) {
            byte[] value = delivery.header(header).getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < value.length * 8; bit++) {
                altered.add(delivery.with(header, new String(flipped(value, bit), StandardCharsets.ISO_8859_1)));
            }
        }

        for (SignedDelivery one : altered) {
            assertThat(catchThrowableOfType(WebhookRefusedException.class, () -> one.unwrap(SignedDelivery.SECRET)))
                    .as(one.toString())
                    .isNotNull()
                    .extracting(WebhookRefusedException::reason)
                    .isNotEqualTo(Reason.UNREADABLE_BODY);
        }
    }

    @Test
    void refuses_every_delivery_for_a_secret_of_which_one_bit_is_another() {
        SignedDelivery delivery = SignedDelivery.of(event("Hello"));
        byte[] key = Base64.getDecoder().decode(SignedDelivery.SECRET.substring("whsec_".length()));
        for (int bit = 0; bit < key.length * 8; bit++) {
            String other = "whsec_" + Base64.getEncoder().encodeToString(flipped(key, bit));

            assertThat(catchThrowableOfType(WebhookRefusedException.class, () -> delivery.unwrap(other))
                            .reason())
                    .isEqualTo(Reason.WRONG_SIGNATURE);
        }
    }

    @Test
    void takes_nothing_that_the_library_refuses() throws Exception {
        Webhook official = new Webhook(SignedDelivery.SECRET);
        int taken = 0;
        for (int i = 0; i < ALTERATIONS; i++) {
            String body = event("Hello");
            SignedDelivery delivery =
                    altered(SignedDelivery.signed("evt_1", Instant.now(), body, SignedDelivery.SECRET));
            if (takenHere(delivery)) {
                taken++;
                official.verify(body, delivery.headers());
            }
        }

        assertThat(taken).isBetween(1, ALTERATIONS - 1);
    }

    private static boolean takenHere(SignedDelivery delivery) {
        try {
            Webhooks.unwrap(delivery.body(), delivery.headers()::get, SignedDelivery.SECRET);
            return true;
        } catch (WebhookRefusedException refused) {
            return false;
        }
    }

    /** One header with a piece more, less or moved, of what headers are made of. */
    private SignedDelivery altered(SignedDelivery delivery) {
        String header =
                List.of("webhook-id", "webhook-timestamp", "webhook-signature").get(random.nextInt(3));
        String value = delivery.header(header);
        int from = random.nextInt(value.length());
        int to = from + random.nextInt(Math.min(4, value.length() - from + 1));
        List<String> pieces = List.of("", " ", "v1,", "v2,x ", "=", ".", ",", "0", "1", "é", "-", value, value + " ");
        String piece = pieces.get(random.nextInt(pieces.size()));
        return delivery.with(header, value.substring(0, from) + piece + value.substring(to));
    }

    private String secret(int bytes) {
        byte[] key = new byte[bytes];
        random.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /** Of all of Unicode but halves of pairs. */
    private String text(int length) {
        return random.ints(0x20, 0x110000)
                .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String event(String content) {
        String post =
                Samples.post("published").replace("\"Hello\"", new String(Json.bytes(content), StandardCharsets.UTF_8));
        return "{\"id\":\"" + Samples.ID + "\",\"type\":\"post.published\",\"data\":{\"post\":" + post + "}}";
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << (bit % 8));
        return other;
    }
}
