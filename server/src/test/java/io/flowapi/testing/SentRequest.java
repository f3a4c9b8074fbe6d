package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A request as it came over the wire, for holding what a dry run has shown to it, byte for byte. */
public record SentRequest(String line, Map<String, String> headers, String body) {

    public static SentRequest of(byte[] request) {
        String text = new String(request, ISO_8859_1);
        String[] head = text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(":", 2);
            headers.put(header[0], header[1].strip());
        }
        byte[] body = text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
        return new SentRequest(head[0], headers, new String(body, UTF_8));
    }

    /**
     * @param shown by {@code validatePost}
     * @param chosen puts what was chosen when it was sent in place of what was chosen to be shown
     */
    public void isAsShown(JsonNode shown, UnaryOperator<String> chosen) {
        String url = shown.path("url").asText();
        assertThat(line)
                .isEqualTo(shown.path("method").asText() + " " + url.replaceFirst("https?://[^/]+", "") + " HTTP/1.1");
        assertThat(body).isEqualTo(chosen.apply(shown.path("body").asText()));
        Map<String, String> rest = new TreeMap<>(headers);
        shown.path("headers")
                .properties()
                .forEach(header -> assertThat(rest.remove(header.getKey()))
                        .as(header.getKey())
                        .isEqualTo(chosen.apply(header.getValue().asText())));
        // What is left is the credentials, and what belongs to the connection.
        assertThat(rest.keySet()).containsExactlyInAnyOrder("Authorization", "Connection", "Content-Length", "Host");
        assertThat(rest.get("Host")).isEqualTo(url.replaceFirst("https?://([^/]+).*", "$1"));
        assertThat(shown.toString()).doesNotContain(rest.get("Authorization").replace("Bearer ", ""));
    }
}
