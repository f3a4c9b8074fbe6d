package io.flowapi.resiliency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes what an operation needs to find: a generated id names nothing. */
record Resources(Wire wire) {

    private static final int ASKED_MAX = 600;

    /**
     * A path with fresh ids in place of generated ones.
     *
     * @param template as {@code /v1/posts/{postId}/retry}, whose fixed parts say what the operation needs
     */
    String path(String template) {
        if (template.contains("{apiKeyId}")) {
            ObjectNode key = Wire.JSON.createObjectNode().put("name", "for one request");
            return template.replace("{apiKeyId}", id(wire.post("/v1/api-keys", key)));
        }
        if (template.contains("{eventId}")) {
            return template.replace(
                    "{eventId}", id(wire.get("/v1/events?limit=1").at("/data/0")));
        }
        if (template.contains("{webhookId}")) {
            String webhook = webhook();
            String delivery =
                    template.contains("{deliveryId}") ? id(wire.post("/v1/webhooks/" + webhook + "/test")) : "";
            return template.replace("{webhookId}", webhook).replace("{deliveryId}", delivery);
        }
        if (template.contains("{channelId}")) {
            return template.replace("{channelId}", channel());
        }
        if (template.contains("{postId}")) {
            JsonNode post = post(template.substring(template.lastIndexOf('/') + 1));
            return template.replace("{postId}", id(post)).replace("{targetId}", id(post.at("/targets/0")));
        }
        return template;
    }

    private JsonNode post(String operation) {
        return switch (operation) {
            case "cancel" ->
                create(content("to be cancelled")
                        .put(
                                "scheduledAt",
                                Instant.now().plus(1, ChronoUnit.DAYS).toString()));
            case "retry" -> settled("[sandbox:rejected]", "failed");
            case "resolve" -> settled("[sandbox:unknown]", "unknown");
            default -> create(content("a draft"));
        };
    }

    /** On a channel of its own: the same text is sent many times, and a network that fails often is left alone. */
    private ObjectNode content(String text) {
        ObjectNode post = Wire.JSON.createObjectNode().put("content", text);
        post.putArray("targets").addObject().put("channelId", channel());
        return post;
    }

    private JsonNode create(ObjectNode post) {
        return wire.post("/v1/posts", post);
    }

    /** Asks until the worker has come to this; each question takes the server a moment, so none is waited for. */
    private JsonNode settled(String content, String status) {
        JsonNode post = create(content(content).put("publishNow", true));
        for (int asked = 0; asked < ASKED_MAX; asked++) {
            JsonNode now = wire.get("/v1/posts/" + id(post));
            if (now.at("/targets/0/status").asText().equals(status)) {
                return now;
            }
        }
        throw new IllegalStateException("The target did not become " + status);
    }

    /** The only one: there may be few of them. */
    private String webhook() {
        wire.get("/v1/webhooks?limit=100")
                .path("data")
                .forEach(earlier -> wire.send("DELETE", wire.url() + "/v1/webhooks/" + id(earlier), Map.of(), ""));
        ObjectNode webhook = Wire.JSON.createObjectNode().put("url", "https://hooks.example.com/flow");
        webhook.putArray("events").add("channel.disconnected");
        return id(wire.post("/v1/webhooks", webhook));
    }

    String channel() {
        return id(wire.post(
                "/v1/channels",
                Wire.JSON.createObjectNode().put("name", "sandbox").put("provider", "sandbox")));
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asText();
    }
}
