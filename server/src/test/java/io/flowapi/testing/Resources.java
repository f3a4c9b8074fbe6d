package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * One resource for each path parameter of the document, and posts in each state in which something can be done with them:
 * a draft, one that failed, one of which nobody knows.
 */
public final class Resources {

    private final TestCaller owner;
    private final String channel;
    /** Without posts, so that it can be deleted. */
    private final String idleChannel;

    private final String apiKey;
    private final String event;
    private final String webhook;
    private final String delivery;
    private final List<JsonNode> posts;

    private Resources(
            TestCaller owner,
            String channel,
            String idleChannel,
            String apiKey,
            String event,
            String webhook,
            List<JsonNode> posts) {
        this.owner = owner;
        this.channel = channel;
        this.idleChannel = idleChannel;
        this.apiKey = apiKey;
        this.event = event;
        this.webhook = webhook;
        this.delivery = owner.post("/v1/webhooks/" + webhook + "/test").created();
        this.posts = posts;
    }

    public static Resources of(Flow flow, TestCaller owner) {
        String channel = owner.channel();
        String draft = owner.draft(channel, "Draft");
        String failed = owner.publishNow(channel, "[sandbox:rejected]");
        String unknown = owner.publishNow(channel, "[sandbox:unknown]");
        flow.runDueJobs();
        String apiKey = owner.post("/v1/api-keys", "{\"name\":\"Other\"}").created();
        return new Resources(
                owner,
                channel,
                owner.channel(),
                apiKey,
                owner.get("/v1/events?limit=1").text("data/0/id"),
                owner.webhook("https://hooks.example.com/flow", "post.published"),
                Stream.of(draft, failed, unknown).map(owner::getPost).toList());
    }

    /** The id that a path parameter stands for. */
    public String id(String parameter) {
        return id(parameter, posts.getFirst());
    }

    private String id(String parameter, JsonNode post) {
        return switch (parameter) {
            case "channelId" -> idleChannel;
            case "apiKeyId" -> apiKey;
            case "eventId" -> event;
            case "webhookId" -> webhook;
            case "deliveryId" -> delivery;
            case "postId" -> post.path("id").asText();
            case "targetId" -> post.at("/targets/0/id").asText();
            default -> throw new AssertionError("A resource for the path parameter " + parameter + " is missing here.");
        };
    }

    /** An example of the document with a channel that exists. */
    public byte[] body(ObjectNode example) {
        example.findParents("channelId").forEach(parent -> ((ObjectNode) parent).put("channelId", channel));
        if (example.has("targets")) {
            // An example is sent many times.
            example.put("allowDuplicate", true);
        }
        return example.toString().getBytes(UTF_8);
    }

    /** Ways to do an operation; at least one of them is to succeed. */
    public Stream<Attempt> attempts(Documented operation) {
        List<byte[]> bodies = operation.hasBody()
                ? operation.examples().stream().map(this::body).toList()
                : List.of(new byte[0]);
        return posts.stream()
                .map(post -> operation.target(parameter -> id(parameter, post)))
                .distinct()
                .flatMap(target -> bodies.stream().map(body -> new Attempt(owner, operation, target, body)));
    }

    /** One way to do an operation. */
    public record Attempt(TestCaller caller, Documented operation, String target, byte[] body) {

        public Answer send(String... headers) {
            return EachOperation.send(caller, operation, target, body, headers);
        }

        public boolean succeeds(String... headers) {
            return send(headers).status() < 300;
        }
    }
}
