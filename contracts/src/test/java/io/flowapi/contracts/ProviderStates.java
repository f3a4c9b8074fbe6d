package io.flowapi.contracts;

import au.com.dius.pact.provider.junitsupport.State;
import io.flowapi.client.EventsApi.ListEventsQuery;
import io.flowapi.client.FlowClient;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreateApiKeyRequest;
import io.flowapi.client.model.CreateChannelRequest;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.CreateWebhookRequest;
import io.flowapi.client.model.CreatedApiKey;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.RateLimits;
import io.flowapi.client.model.RecoverWebhookRequest;
import io.flowapi.client.model.RollApiKeyRequest;
import io.flowapi.client.model.Scope;
import io.flowapi.client.model.TargetStatus;
import io.flowapi.client.model.UpdateWebhookRequest;
import io.flowapi.client.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Brings the server into the state of an interaction, with things of its own: no interaction sees another's. */
final class ProviderStates {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String baseUrl;
    private final FlowClient flow;
    private String key;

    ProviderStates(String baseUrl, String key) {
        this.baseUrl = baseUrl;
        this.flow = FlowClient.builder().baseUrl(baseUrl).apiKey(key).build();
        this.key = key;
    }

    /** The API key to call with in this state. */
    String key() {
        return key;
    }

    @State({"a healthy server", "nothing with this id", "an API key"})
    void nothing() {}

    @State("an API key that nobody was given")
    void unknownKey() {
        key = "flow_test_AAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    @State("an API key that may only create keys")
    void keysOnly() {
        key = createKey(Scope.KEYS_WRITE).secret();
    }

    @State("an API key that has made all its requests of this minute")
    void limitedKey() {
        key = flow.apiKeys()
                .createApiKey(CreateApiKeyRequest.builder()
                        .name("limited")
                        .rateLimits(RateLimits.builder().defaultClass(1).build())
                        .build())
                .secret();
        FlowClient.builder().baseUrl(baseUrl).apiKey(key).build().caller().getCaller();
    }

    @State("another API key")
    Map<String, Object> anotherKey() {
        return Map.of("apiKeyId", createKey(Scope.POSTS_READ).id().toString());
    }

    @State("an API key that has expired")
    Map<String, Object> expiredKey() {
        UUID id = createKey(Scope.POSTS_READ).id();
        flow.apiKeys()
                .rollApiKey(id, RollApiKeyRequest.builder().overlapSeconds(0).build());
        return Map.of("apiKeyId", id.toString());
    }

    private CreatedApiKey createKey(Scope scope) {
        return flow.apiKeys()
                .createApiKey(CreateApiKeyRequest.builder()
                        .name("another")
                        .addScopes(scope)
                        .build());
    }

    @State("a sandbox channel")
    Map<String, Object> sandbox() {
        return Map.of("channelId", createChannel().id().toString());
    }

    private Channel createChannel() {
        return flow.channels()
                .createChannel(CreateChannelRequest.builder()
                        .name("Sandbox")
                        .provider(Provider.SANDBOX)
                        .build());
    }

    @State("an idempotency key that was used")
    Map<String, Object> usedIdempotencyKey() {
        String used = UUID.randomUUID().toString();
        UUID channel = createChannel().id();
        flow.posts()
                .createPost(
                        post(channel, "Another").build(),
                        RequestOptions.builder().idempotencyKey(used).build());
        return Map.of("idempotencyKey", used, "channelId", channel.toString());
    }

    @State("a draft")
    Map<String, Object> draft() {
        return ids(create(newPost("Hello from Flow")));
    }

    @State("a scheduled post")
    Map<String, Object> scheduled() {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        return ids(create(newPost("Hello from Flow").scheduledAt(tomorrow)));
    }

    @State("an event of a scheduled post")
    Map<String, Object> event() {
        UUID post = UUID.fromString((String) scheduled().get("postId"));
        ListEventsQuery ofPost = ListEventsQuery.builder().resourceId(post).build();
        return Map.of(
                "eventId",
                flow.events().listEvents(ofPost).data().getFirst().id().toString());
    }

    @State("a webhook")
    Map<String, Object> webhook() {
        return Map.of("webhookId", createWebhook().toString());
    }

    @State("a disabled webhook")
    Map<String, Object> disabledWebhook() {
        UUID webhook = createWebhook();
        flow.webhooks()
                .updateWebhook(
                        webhook,
                        UpdateWebhookRequest.builder()
                                .status(WebhookStatus.DISABLED)
                                .build());
        return Map.of("webhookId", webhook.toString());
    }

    /** Of a disabled webhook, to which nothing is sent. */
    @State("a delivery")
    Map<String, Object> delivery() {
        Instant since = Instant.now().minus(SOON);
        String webhook = (String) disabledWebhook().get("webhookId");
        scheduled();
        UUID id = UUID.fromString(webhook);
        flow.webhooks()
                .recoverWebhook(id, RecoverWebhookRequest.builder().since(since).build());
        UUID delivery =
                flow.webhooks().listWebhookDeliveries(id).data().getFirst().id();
        return Map.of("webhookId", webhook, "deliveryId", delivery.toString());
    }

    private UUID createWebhook() {
        return flow.webhooks()
                .createWebhook(CreateWebhookRequest.builder()
                        .url("https://hooks.example.com/flow")
                        .addEvents("post.scheduled")
                        .putHeaders("X-Newsroom-Key", "replace-with-your-own-key")
                        .build())
                .id();
    }

    @State("a published post")
    Map<String, Object> published() {
        return ids(settled("Hello from Flow"));
    }

    @State("a channel that has used up its quota")
    Map<String, Object> quotaUsedUp() {
        return ids(settled("[sandbox:quota]"));
    }

    @State("a published post whose channel is gone")
    Map<String, Object> publishedOnceThere() {
        Post post = settled("Hello from Flow");
        flow.channels().deleteChannel(post.targets().getFirst().channelId());
        return ids(post);
    }

    @State("a failed post")
    Map<String, Object> failed() {
        return ids(settled("[sandbox:rejected]"));
    }

    @State("a post whose outcome is unknown")
    Map<String, Object> unknown() {
        Post post = create(newPost("[sandbox:unknown]").publishNow(true));
        Instant end = Instant.now().plus(SOON);
        while (!post.targets().getFirst().status().equals(TargetStatus.UNKNOWN)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Not unknown in time: " + post);
            }
            post = flow.posts().getPost(post.id());
        }
        return ids(post);
    }

    private Post settled(String content) {
        Post post = create(newPost(content).publishNow(true));
        return flow.awaitSettled(post.id(), SOON);
    }

    private Post create(CreatePostRequest.Builder post) {
        return flow.posts().createPost(post.build());
    }

    private CreatePostRequest.Builder newPost(String content) {
        return post(createChannel().id(), content);
    }

    private static CreatePostRequest.Builder post(UUID channel, String content) {
        return CreatePostRequest.builder()
                .content(content)
                .addTargets(CreateTarget.builder().channelId(channel).build());
    }

    private static Map<String, Object> ids(Post post) {
        var target = post.targets().getFirst();
        return Map.of(
                "postId", post.id().toString(),
                "targetId", target.id().toString(),
                "channelId", target.channelId().toString());
    }
}
