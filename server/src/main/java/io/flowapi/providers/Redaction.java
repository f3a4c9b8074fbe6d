package io.flowapi.providers;

import io.flowapi.platform.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Takes secrets out of what a server wrote: it is stored and shown, and a server may repeat what it was sent. */
public record Redaction(List<String> secrets) {

    private static final int LENGTH_MAX = 4096;
    private static final String REDACTED = "[redacted]";

    /** Also tokens that are new in this answer. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)?");

    public String of(byte[] body) {
        return of(new String(body, StandardCharsets.UTF_8));
    }

    public String of(String text) {
        // PostgreSQL cannot keep NUL.
        String clean = TOKEN.matcher(text.replace('\0', '\uFFFD')).replaceAll(REDACTED);
        for (String secret : secrets) {
            String escaped = Json.text(secret);
            clean = clean.replace(secret, REDACTED).replace(escaped.substring(1, escaped.length() - 1), REDACTED);
        }
        return cut(clean, LENGTH_MAX);
    }

    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    @Override
    public String toString() {
        return "Redaction[***]";
    }
}
