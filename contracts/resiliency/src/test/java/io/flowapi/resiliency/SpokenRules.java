package io.flowapi.resiliency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a generated good body does not keep, because the document says it only in words or in words of JSON Schema that
 * Specmatic does not know. Nothing else of it is changed, and nothing of a bad one.
 */
record SpokenRules(String channel) {

    void keep(ObjectNode body) {
        createPost(body);
        targets(body.path("targets"));
        channel(body);
        connection(body);
        resolveTarget(body);
        scopes(body.path("scopes"));
        webhook(body);
        if (body.has("expiresAt")) {
            body.put("expiresAt", tomorrow());
        }
    }

    private static void createPost(ObjectNode body) {
        if (body.has("content")) {
            // The same text is sent many times.
            body.put("allowDuplicate", true);
        }
        if (body.path("scheduledAt").isTextual()) {
            body.put("scheduledAt", tomorrow());
            // The two exclude each other.
            body.remove("publishNow");
        }
    }

    /** One for each channel, of channels that exist; only real networks have options, and there is no account there. */
    private void targets(JsonNode targets) {
        if (targets instanceof ArrayNode list && !list.isEmpty()) {
            ObjectNode first = (ObjectNode) list.get(0);
            first.put("channelId", channel).remove("options");
            list.removeAll().add(first);
        }
    }

    /** Credentials are for networks other than the sandbox, which are logged in to at once: no test has an account. */
    private static void channel(ObjectNode body) {
        if (body.has("provider")) {
            body.put("provider", "sandbox").remove("credentials");
        } else if (body.has("credentials")) {
            body.put("name", "without credentials").remove("credentials");
        }
    }

    /** For a new channel, from a page of this machine. */
    private static void connection(ObjectNode body) {
        if (body.has("returnUrl")) {
            body.put("returnUrl", "http://localhost:3000/channels")
                    .put("name", "connected")
                    .remove("channelId");
        }
    }

    /** An address that may be called, types of events that there are, and headers that are not ours. */
    private static void webhook(ObjectNode body) {
        if (body.has("url") && !body.has("outcome")) {
            body.put("url", "https://hooks.example.com/flow");
        }
        if (body.has("events")) {
            body.putArray("events").add("channel.disconnected");
        }
        if (body.path("headers").isObject()) {
            body.putObject("headers").put("X-Newsroom-Key", "replace-with-your-own-key");
        }
        // It has to be after since.
        body.remove("until");
    }

    /** The network's id of the post is needed with published, and only then. */
    private static void resolveTarget(ObjectNode body) {
        if (body.path("outcome").asText().equals("published")) {
            body.put("providerPostId", "1").put("url", "https://network.test/1");
        } else if (body.has("outcome")) {
            body.remove("providerPostId");
            body.remove("url");
        }
    }

    /** Each once, and of those that the first user's key can give: all but the sight of all users. */
    private static void scopes(JsonNode words) {
        if (words instanceof ArrayNode list) {
            Set<String> once = new LinkedHashSet<>();
            list.forEach(word -> once.add(word.asText().equals("admin") ? "audit:read" : word.asText()));
            list.removeAll();
            once.forEach(list::add);
        }
    }

    private static String tomorrow() {
        return Instant.now().plus(1, ChronoUnit.DAYS).toString();
    }
}
