package io.flowapi.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowapi.platform.http.Json;
import io.flowapi.platform.log.Secrets;
import java.util.List;

/** What a receiver answered, as it is stored and shown to the webhook's owner. */
final class KeptResponse {

    /** Of an answer no more is read. */
    static final int BYTES_MAX = 16 * 1024;

    private static final String REDACTED = "[redacted]";

    private KeptResponse() {}

    /** @param hidden what was sent in secret: a receiver may repeat it, also as JSON */
    static String of(byte[] body, List<String> hidden) {
        // PostgreSQL cannot keep NUL.
        String text = new String(body, UTF_8).replace('\0', '\uFFFD');
        for (String secret : hidden) {
            if (!secret.isEmpty()) {
                String escaped = Json.text(secret);
                text = text.replace(secret, REDACTED).replace(escaped.substring(1, escaped.length() - 1), REDACTED);
            }
        }
        return cut(Secrets.hideButLongWords(text));
    }

    /** Broken bytes and what is hidden may take more room than what was read. */
    private static String cut(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int end = Math.min(bytes.length, BYTES_MAX);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
