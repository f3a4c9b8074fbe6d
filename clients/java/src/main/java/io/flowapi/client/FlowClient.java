package io.flowapi.client;

import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Flow API server with one API key. Make one and share it: it is safe for use by many threads.
 *
 * <p>A call that fails for a reason that can pass is tried again: no connection, a broken one, no answer in time, 408,
 * 429, 5xx, and a 409 that says it is retryable. Repeating is safe: a call that creates or changes something carries one
 * idempotency key for all its tries, or does the same however often it is sent. One trace is left: when the answer of the
 * first try was lost, a repeated delete can find the work done and throw {@link NotFoundException}, and a repeated change
 * with {@link RequestOptions.Builder#ifMatch} can find its own and throw {@link PreconditionFailedException}.
 */
public final class FlowClient {

    private static final Duration FIRST_LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofSeconds(2);

    /** A status this version does not know is not among them: waiting on is the answer that cannot mislead. */
    private static final Set<PostStatus> SETTLED = Set.of(
            PostStatus.PUBLISHED,
            PostStatus.PARTIALLY_PUBLISHED,
            PostStatus.FAILED,
            PostStatus.NEEDS_ATTENTION,
            PostStatus.CANCELLED);

    private final Timing timing;
    private final PostsApi posts;
    private final ChannelsApi channels;
    private final ConnectionsApi connections;
    private final ApiKeysApi apiKeys;
    private final CallerApi caller;
    private final EventsApi events;
    private final WebhooksApi webhooks;
    private final AuditApi audit;
    private final HealthApi health;

    private FlowClient(Transport transport, Timing timing) {
        this.timing = timing;
        this.posts = new PostsApi(transport);
        this.channels = new ChannelsApi(transport);
        this.connections = new ConnectionsApi(transport);
        this.apiKeys = new ApiKeysApi(transport);
        this.caller = new CallerApi(transport);
        this.events = new EventsApi(transport);
        this.webhooks = new WebhooksApi(transport);
        this.audit = new AuditApi(transport);
        this.health = new HealthApi(transport);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Reads {@code FLOW_API_KEY}, and {@code FLOW_BASE_URL} unless the server is on this machine. */
    public static FlowClient fromEnv() {
        return fromEnv(System.getenv());
    }

    static FlowClient fromEnv(Map<String, String> environment) {
        String apiKey = environment.get("FLOW_API_KEY");
        if (apiKey == null) {
            throw new IllegalStateException("FLOW_API_KEY is not set");
        }
        return builder()
                .apiKey(apiKey)
                .baseUrl(environment.getOrDefault("FLOW_BASE_URL", Builder.DEFAULT_BASE_URL))
                .build();
    }

    public PostsApi posts() {
        return posts;
    }

    public ChannelsApi channels() {
        return channels;
    }

    public ConnectionsApi connections() {
        return connections;
    }

    public ApiKeysApi apiKeys() {
        return apiKeys;
    }

    public CallerApi caller() {
        return caller;
    }

    public EventsApi events() {
        return events;
    }

    public WebhooksApi webhooks() {
        return webhooks;
    }

    public AuditApi audit() {
        return audit;
    }

    public HealthApi health() {
        return health;
    }

    /**
     * Looks at a post again and again until nothing more happens to it by itself.
     *
     * @throws PostNotSettledException when that takes longer
     */
    public Post awaitSettled(UUID postId, Duration atMost) {
        Instant deadline = timing.now().plus(atMost);
        Duration pause = FIRST_LOOK_AGAIN;
        while (true) {
            Post post = posts.getPost(postId);
            if (SETTLED.contains(post.status())) {
                return post;
            }
            Duration left = Duration.between(timing.now(), deadline);
            if (left.isNegative() || left.isZero()) {
                throw new PostNotSettledException(post, atMost);
            }
            timing.pause(shorter(pause, left));
            pause = shorter(pause.multipliedBy(2), LOOK_AGAIN_MAX);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Duration positive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive");
        }
        return timeout;
    }

    public static final class Builder {

        private static final String DEFAULT_BASE_URL = "http://localhost:8080";
        private static final int RETRIES_MAX = 10;

        private String baseUrl = DEFAULT_BASE_URL;
        private @Nullable Credential credential;
        private Duration timeout = Duration.ofSeconds(30);
        private int maxRetries = 2;
        private Timing timing = Timing.system();

        private Builder() {}

        /** Where the server is; {@code http://localhost:8080} if not set. */
        public Builder baseUrl(String baseUrl) {
            URI url = URI.create(baseUrl);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean more = url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null;
            if (!http || url.getHost() == null || more) {
                throw new IllegalArgumentException("baseUrl must look like https://flow.example.com");
            }
            this.baseUrl = baseUrl.replaceFirst("/+$", "");
            return this;
        }

        public Builder apiKey(String apiKey) {
            this.credential = new Credential(apiKey);
            return this;
        }

        /** The longest time for one try, from connecting to the end of the answer; 30 seconds if not set. */
        public Builder timeout(Duration timeout) {
            this.timeout = positive(timeout);
            return this;
        }

        /** How often a call is tried again after a failure that can pass, 0 to 10; twice if not set. */
        public Builder maxRetries(int maxRetries) {
            if (maxRetries < 0 || maxRetries > RETRIES_MAX) {
                throw new IllegalArgumentException("maxRetries must be 0 to " + RETRIES_MAX);
            }
            this.maxRetries = maxRetries;
            return this;
        }

        Builder timing(Timing timing) {
            this.timing = timing;
            return this;
        }

        public FlowClient build() {
            if (credential == null) {
                throw new IllegalStateException("apiKey is required");
            }
            Requests requests = new Requests(baseUrl, credential);
            RetryPolicy retries = new RetryPolicy(maxRetries, timing);
            return new FlowClient(new Transport(requests, new Wire(), retries, credential, timeout), timing);
        }
    }
}
