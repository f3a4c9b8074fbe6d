package io.flowapi.client;

import io.flowapi.client.WebhookRefusedException.Reason;
import io.flowapi.client.model.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook receives: nothing in a delivery may be believed before {@code unwrap} has found that Flow API signed it,
 * as the Standard Webhooks specification says. A delivery may come more than once, and then has the same {@link
 * Event#id()}.
 */
public final class Webhooks {

    /** How far the time of a delivery may be from now, before and after. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** A roll leaves at most ten old secrets that sign too. */
    private static final int SIGNATURES_MAX = 32;

    /** A point or a comma could be the seam of two values that were made one. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e&&[^.,]]{1,256}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern SIGNATURE = Pattern.compile("[a-z0-9]+,[\\x21-\\x7e&&[^,]]+");
    private static final Pattern V1_SIGNATURE = Pattern.compile("v1,[A-Za-z0-9+/]{43}=");

    private Webhooks() {}

    /**
     * The event of a delivery that is genuine and not older or newer than {@link #TOLERANCE}.
     *
     * @param body exactly the bytes that came, before anything parses them: one space more, and the signature is another's
     * @param headers all values of the header of a name, in whatever case, each as it came and not split at commas; null or
     *     empty if there is none. For example {@code exchange.getRequestHeaders()::get}, or {@code name ->
     *     Collections.list(request.getHeaders(name))} of a servlet.
     * @param secrets the webhook's, {@code whsec_...}; during a roll the new one and the old one, in any order
     * @throws WebhookRefusedException if the delivery is not to be believed, or is no event
     * @throws IllegalArgumentException if there is no secret, or one that is none: no delivery can change that
     */
    public static Event unwrap(byte[] body, Function<String, @Nullable List<String>> headers, String... secrets) {
        return unwrap(body, headers, InstantSource.system(), TOLERANCE, secrets);
    }

    /**
     * The same with the headers in a map, such as {@code exchange.getRequestHeaders()} or {@code request.headers().map()}.
     *
     * @param headers the values by name; names that differ only in case are one
     */
    public static Event unwrap(byte[] body, Map<String, List<String>> headers, String... secrets) {
        return unwrap(body, name -> valuesOf(headers, name), secrets);
    }

    private static List<String> valuesOf(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    /**
     * The same at another time and with another tolerance, for a test that keeps a delivery which was made once. No
     * tolerance switches the check off: with zero the delivery must be of this very second.
     *
     * @throws IllegalArgumentException also if the tolerance is negative
     */
    public static Event unwrap(
            byte[] body,
            Function<String, @Nullable List<String>> headers,
            InstantSource clock,
            Duration tolerance,
            String... secrets) {
        List<WebhookSecret> known = WebhookSecret.all(secrets);
        if (tolerance.isNegative()) {
            throw new IllegalArgumentException("tolerance must not be negative");
        }
        String id = only(headers, "webhook-id");
        String timestamp = only(headers, "webhook-timestamp");
        List<String> signatures = signatures(only(headers, "webhook-signature"));
        if (!ID.matcher(id).matches()) {
            throw new WebhookRefusedException(Reason.MALFORMED_ID, "webhook-id is no id");
        }
        checkTime(timestamp, clock.instant(), tolerance);
        if (!anySigned(known, signatures, id, timestamp, body)) {
            throw new WebhookRefusedException(
                    Reason.WRONG_SIGNATURE,
                    "no signature fits: the body is not the bytes that were sent, or the secret is another webhook's");
        }
        return event(body);
    }

    private static String only(Function<String, @Nullable List<String>> headers, String name) {
        List<String> values = headers.apply(name);
        if (values == null || values.isEmpty()) {
            throw new WebhookRefusedException(Reason.MISSING_HEADER, "there is no header " + name);
        }
        if (values.size() > 1) {
            throw new WebhookRefusedException(Reason.REPEATED_HEADER, name + " has " + values.size() + " values");
        }
        return values.get(0);
    }

    /** Those of version 1. Others are passed over: a newer server may add them. */
    private static List<String> signatures(String header) {
        List<String> all = List.of(header.split(" ", SIGNATURES_MAX + 1));
        if (all.size() > SIGNATURES_MAX
                || !all.stream().allMatch(one -> SIGNATURE.matcher(one).matches())) {
            throw new WebhookRefusedException(Reason.MALFORMED_SIGNATURE, "webhook-signature is no list of signatures");
        }
        List<String> first = all.stream().filter(one -> one.startsWith("v1,")).toList();
        if (first.isEmpty()) {
            throw new WebhookRefusedException(
                    Reason.UNSUPPORTED_SIGNATURE, "webhook-signature has no signature of version v1");
        }
        if (!first.stream().allMatch(one -> V1_SIGNATURE.matcher(one).matches())) {
            throw new WebhookRefusedException(
                    Reason.MALFORMED_SIGNATURE, "webhook-signature has a signature of version v1 that is none");
        }
        return first;
    }

    private static void checkTime(String timestamp, Instant now, Duration tolerance) {
        if (!SECONDS.matcher(timestamp).matches()) {
            throw new WebhookRefusedException(
                    Reason.MALFORMED_TIMESTAMP, "webhook-timestamp is no whole number of seconds");
        }
        // Whole seconds on both sides: the header has no smaller ones.
        long age = now.getEpochSecond() - Long.parseLong(timestamp);
        if (age > tolerance.toSeconds()) {
            throw new WebhookRefusedException(Reason.TOO_OLD, "it was signed " + age + " s ago");
        }
        if (-age > tolerance.toSeconds()) {
            throw new WebhookRefusedException(
                    Reason.IN_THE_FUTURE, "it was signed " + -age + " s from now, by this machine's clock");
        }
    }

    /** Compares texts: more than one base64 text decodes to the same bytes, and only one of them was sent. */
    private static boolean anySigned(
            List<WebhookSecret> secrets, List<String> signatures, String id, String timestamp, byte[] body) {
        for (WebhookSecret secret : secrets) {
            byte[] expected = secret.sign(id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
            for (String signature : signatures) {
                if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Event event(byte[] body) {
        try {
            Event event = Json.read(Json.text(body), Event.class);
            if (event.id() != null && event.type() != null) {
                return event;
            }
        } catch (IOException unreadable) {
            throw new WebhookRefusedException(Reason.UNREADABLE_BODY, "the body is genuine, and no event", unreadable);
        }
        throw new WebhookRefusedException(
                Reason.UNREADABLE_BODY, "the body is genuine, and an event without id or type");
    }
}
