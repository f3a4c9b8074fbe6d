package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frozen request: the body of a post, and from when on it can be found.
 *
 * @param body as it is sent, each time
 * @param preparedAt before the first send
 * @param inReplyTo the number of a post; empty when it is no reply
 */
record FrozenPost(Instant preparedAt, String text, String inReplyTo, String body) {

    /** How far our clock may be ahead of X's, whose times have no fractions of a second. */
    private static final Duration CLOCKS_APART_MAX = Duration.ofMinutes(1);

    static String json(Content content, Instant preparedAt) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("preparedAt", preparedAt);
        request.put("body", body(content));
        return Json.text(request);
    }

    private static Map<String, Object> body(Content content) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", content.text());
        TargetOptions options = content.options();
        if (options != null) {
            put(body, "reply_settings", options.replySettings());
            put(body, "community_id", options.communityId());
            put(body, "made_with_ai", options.madeWithAi());
            put(body, "paid_partnership", options.paidPartnership());
            if (options.inReplyToPostId() != null) {
                body.put("reply", Map.of("in_reply_to_tweet_id", options.inReplyToPostId()));
            }
        }
        return body;
    }

    private static void put(Map<String, Object> body, String member, @Nullable Object value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    static FrozenPost read(String json) {
        JsonNode request = Json.tree(json);
        JsonNode body = request.get("body");
        return new FrozenPost(
                Instant.parse(request.get("preparedAt").textValue()),
                body.get("text").textValue(),
                body.at("/reply/in_reply_to_tweet_id").asText(""),
                Json.text(body));
    }

    /** What X created before this is another post, with whatever text. */
    Instant earliest() {
        return preparedAt.minus(CLOCKS_APART_MAX);
    }

    boolean isReply() {
        return !inReplyTo.isEmpty();
    }

    boolean hasText() {
        return !text.isBlank();
    }
}
