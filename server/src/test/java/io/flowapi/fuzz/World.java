package io.flowapi.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Scope;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What exists on one installation: requests take ids from here, and answers change what is here. */
final class World {

    private static final int KEPT_MAX = 40;
    private static final int CHANNELS_MIN = 6;
    private static final List<String> MISBEHAVIOURS =
            List.of("Hello", "[sandbox:rejected]", "[sandbox:unknown]", "[sandbox:server-error]");

    private final Flow flow;
    private final TestCaller caller;
    private final List<String> channels = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> webhooks = new ArrayList<>();
    /** A delivery of each webhook. */
    private final Map<String, String> deliveries = new TreeMap<>();

    private String event = "";
    /** Ids of targets by the id of their post. */
    private final Map<String, List<String>> posts = new TreeMap<>();
    /** Requests for the next page of a list. */
    private final Map<String, String> nextPages = new TreeMap<>();

    World(Flow flow) {
        this.flow = flow;
        // With every scope there is, because a key can give what it has.
        this.caller = flow.caller(Stream.of(Scope.values()).map(Scope::value).toArray(String[]::new));
        replenish();
    }

    TestCaller caller() {
        return caller;
    }

    int port() {
        return flow.port();
    }

    Instant now() {
        return flow.clock().instant();
    }

    List<String> channels() {
        return channels;
    }

    /** Lets time pass and posts go out. */
    void live() {
        flow.clock().advance(Duration.ofSeconds(20));
        flow.runDueJobs();
        replenish();
    }

    /** At least one of everything, and posts that fail or stay unknown. */
    void replenish() {
        while (channels.size() < CHANNELS_MIN) {
            channels.add(caller.channel());
        }
        for (String content : posts.size() < MISBEHAVIOURS.size() ? MISBEHAVIOURS : List.<String>of()) {
            learnPost(caller.getPost(caller.publishNow(channels.getFirst(), content)));
        }
        event = caller.get("/v1/events?limit=1").text("data/0/id");
        while (webhooks.isEmpty()) {
            webhooks.add(caller.webhook("https://hooks.example.com/flow", "*"));
        }
        webhooks.forEach(webhook -> deliveries.computeIfAbsent(
                webhook, id -> caller.post("/v1/webhooks/" + id + "/test").created()));
        while (keys.isEmpty()) {
            keys.add(caller.post("/v1/api-keys", "{\"name\":\"Other\"}").created());
        }
    }

    /** Ids that exist for each of the parameters. */
    String target(Documented operation, Draw draw) {
        String post = draw.one(List.copyOf(posts.keySet()));
        String webhook = draw.one(List.copyOf(deliveries.keySet()));
        return operation.target(parameter -> switch (parameter) {
            case "channelId" -> draw.one(channels);
            case "apiKeyId" -> draw.one(keys);
            case "eventId" -> event;
            case "webhookId" -> webhook;
            case "deliveryId" -> deliveries.get(webhook);
            case "postId" -> post;
            case "targetId" -> draw.one(posts.get(post));
            default -> throw new AssertionError("nothing is known of " + parameter);
        });
    }

    /** The next page of a list that was asked for before; the first one if there is none. */
    String nextPage(Documented operation, String otherwise) {
        return nextPages.getOrDefault(operation.id(), otherwise);
    }

    void learn(Sent sent, Answer answer) {
        if (answer.status() >= 300 || answer.bytes().length == 0 && answer.status() != 204) {
            return;
        }
        String path = sent.path();
        String id = answer.status() == 204 ? "" : answer.text("id");
        if (sent.method().equals("DELETE")) {
            forget(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
        } else if (answer.status() == 201 && path.equals("/v1/channels")) {
            keep(channels, id);
        } else if (answer.status() == 201 && path.startsWith("/v1/api-keys")) {
            keep(keys, id);
        } else if (answer.body().has("targets") && !id.isEmpty()) {
            learnPost(answer.body());
        } else if (answer.body().has("hasMore")) {
            learnPage(sent, answer.text("nextCursor"));
        }
    }

    private void learnPost(JsonNode post) {
        String id = post.path("id").asText();
        if (posts.size() < KEPT_MAX || posts.containsKey(id)) {
            posts.put(id, post.path("targets").findValuesAsText("id"));
        }
    }

    private void learnPage(Sent sent, String cursor) {
        String first = sent.target().replaceFirst("[?&]cursor=[^&]*", "");
        if (!cursor.isEmpty() && sent.valid() && first.startsWith(sent.path())) {
            nextPages.put(sent.operation().id(), first + (first.contains("?") ? "&" : "?") + "cursor=" + cursor);
        } else {
            nextPages.remove(sent.operation().id());
        }
    }

    private void forget(String id) {
        channels.remove(id);
        webhooks.remove(id);
        deliveries.remove(id);
        keys.remove(id);
        posts.remove(id);
        nextPages.clear();
        replenish();
    }

    private static void keep(List<String> ids, String id) {
        if (ids.size() < KEPT_MAX) {
            ids.add(id);
        }
    }
}
