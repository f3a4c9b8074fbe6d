package io.flowapi.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.flowapi.platform.http.Json;
import io.flowapi.platform.log.Secrets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a receiver answered, as it is stored and shown to the webhook's owner. */
final class KeptResponse {

    /** Of an answer no more is kept. */
    static final int BYTES_MAX = 16 * 1024;

    /** Longer than a secret, in JSON too: what may be the beginning of one is read, and not kept. */
    private static final int END_BYTES = 4 * 1024;

    /** Of an answer no more is read. */
    static final int READ_MAX = BYTES_MAX + END_BYTES;

    /** What is shorter is no secret, and stands in every text. */
    private static final int SECRET_LENGTH_MIN = 4;

    private static final String REDACTED = "[redacted]";

    private KeptResponse() {}

    /** @param hidden what was sent in secret: a receiver may repeat it, also as JSON */
    static String of(byte[] read, List<String> hidden) {
        // PostgreSQL cannot keep NUL.
        String text = new String(read, UTF_8).replace('\0', '\uFFFD');
        String shown = Secrets.hideButLongWords(without(hidden, text));
        return beginning(read.length < READ_MAX ? shown : withoutEnd(shown), BYTES_MAX);
    }

    /** Without what may be the beginning of a secret: that stands after the last that was found. */
    private static String withoutEnd(String text) {
        int found = text.lastIndexOf(REDACTED);
        int rest = found < 0 ? 0 : found + REDACTED.length();
        String end = text.substring(rest);
        return text.substring(0, rest) + beginning(end, end.getBytes(UTF_8).length - END_BYTES);
    }

    /** All at once: what stands in for one secret must not be taken for another, and grow. */
    private static String without(List<String> hidden, String text) {
        String any = hidden.stream()
                .filter(secret -> secret.length() >= SECRET_LENGTH_MIN)
                .flatMap(secret -> Stream.of(secret, inJson(secret)))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(joining("|"));
        return any.isEmpty() ? text : Pattern.compile(any).matcher(text).replaceAll(REDACTED);
    }

    private static String inJson(String secret) {
        String quoted = Json.text(secret);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Broken bytes and what is hidden may take more room than what was read. */
    private static String beginning(String text, int bytesMax) {
        byte[] bytes = text.getBytes(UTF_8);
        int end = Math.clamp(bytesMax, 0, bytes.length);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
