package io.flowapi.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.flowapi.client.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What comes to a webhook, signed by the official library. */
record SignedDelivery(byte[] body, Map<String, List<String>> headers) {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String EVENT = """
            {"id": "%1$s", "type": "target.published", "timestamp": "2026-11-23T09:30:00.009Z", "resourceId": "%1$s",
             "sequence": 1, "data": {"postId": "%1$s", "target": {"id": "%1$s", "channelId": "%1$s",
             "provider": "sandbox", "status": "published", "attempts": 1}}}
            """.formatted(Samples.ID);
    static final Instant SENT = Instant.parse("2026-11-23T09:30:00Z");

    static SignedDelivery of(String body) {
        return signed(Samples.ID.toString(), SENT, body, SECRET);
    }

    static SignedDelivery signed(String id, Instant sent, String body, String... secrets) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("webhook-id", List.of(id));
        headers.put("webhook-timestamp", List.of(Long.toString(sent.getEpochSecond())));
        StringBuilder signatures = new StringBuilder();
        for (String secret : secrets) {
            signatures.append(signatures.isEmpty() ? "" : " ").append(signature(id, sent, body, secret));
        }
        headers.put("webhook-signature", List.of(signatures.toString()));
        return new SignedDelivery(body.getBytes(UTF_8), headers);
    }

    static String signature(String id, Instant sent, String body, String secret) {
        try {
            return new Webhook(secret).sign(id, sent.getEpochSecond(), body);
        } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
            throw new AssertionError(impossible);
        }
    }

    SignedDelivery with(String header, String... values) {
        Map<String, List<String>> others = new HashMap<>(headers);
        others.put(header, List.of(values));
        return new SignedDelivery(body, others);
    }

    SignedDelivery without(String header) {
        Map<String, List<String>> others = new HashMap<>(headers);
        others.remove(header);
        return new SignedDelivery(body, others);
    }

    SignedDelivery withBody(byte[] other) {
        return new SignedDelivery(other, headers);
    }

    SignedDelivery withSignature(String signature) {
        return with("webhook-signature", signature);
    }

    String header(String name) {
        return headers.get(name).getFirst();
    }

    Event unwrap(String... secrets) {
        return unwrapAt(SENT, Webhooks.TOLERANCE, secrets);
    }

    /** Why it is refused at the moment at which it was sent. */
    WebhookRefusedException.Reason refusal(String... secrets) {
        return refusalAt(SENT, Webhooks.TOLERANCE, secrets);
    }

    WebhookRefusedException.Reason refusalAt(Instant now, Duration tolerance, String... secrets) {
        return catchThrowableOfType(WebhookRefusedException.class, () -> unwrapAt(now, tolerance, secrets))
                .reason();
    }

    Event unwrapAt(Instant now, Duration tolerance, String... secrets) {
        return Webhooks.unwrap(body, headers::get, InstantSource.fixed(now), tolerance, secrets);
    }
}
