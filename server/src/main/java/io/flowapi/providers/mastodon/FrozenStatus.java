package io.flowapi.providers.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Content;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frozen request: the body of a status, the key it is sent with, and from where on it can be found.
 *
 * @param body as it is sent, each time
 * @param preparedAt before the first send
 * @param after the account's newest status then; empty when it had none
 */
record FrozenStatus(String key, Instant preparedAt, String after, String text, String spoilerText, String body) {

    static String json(Content content, Instant preparedAt, String after) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("idempotencyKey", content.targetId());
        request.put("preparedAt", preparedAt);
        request.put("after", after);
        request.put("body", body(content));
        return Json.text(request);
    }

    private static Map<String, Object> body(Content content) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", content.text());
        TargetOptions options = content.options();
        if (options != null) {
            put(body, "visibility", options.visibility());
            put(body, "language", options.language());
            put(body, "spoiler_text", options.spoilerText());
            put(body, "sensitive", options.sensitive());
        }
        return body;
    }

    private static void put(Map<String, Object> body, String member, @Nullable Object value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    static FrozenStatus read(String json) {
        JsonNode request = Json.tree(json);
        JsonNode body = request.get("body");
        return new FrozenStatus(
                request.get("idempotencyKey").textValue(),
                Instant.parse(request.get("preparedAt").textValue()),
                request.get("after").textValue(),
                body.get("status").textValue(),
                body.path("spoiler_text").asText(""),
                Json.text(body));
    }

    /** Whether a status that the instance shows is this one: neither a boost nor a reply, and with the same text. */
    boolean isIn(JsonNode status) {
        return !status.hasNonNull("reblog")
                && !status.hasNonNull("in_reply_to_id")
                && ShownText.same(text, status.path("content").asText(""))
                && ShownText.sameLetters(
                        spoilerText, status.path("spoiler_text").asText(""));
    }
}
