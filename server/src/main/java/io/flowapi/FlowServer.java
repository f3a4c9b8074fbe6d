package io.flowapi;

import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.AuditApi;
import io.flowapi.api.CallerApi;
import io.flowapi.api.ChannelsApi;
import io.flowapi.api.ConnectionsApi;
import io.flowapi.api.EventsApi;
import io.flowapi.api.HealthApi;
import io.flowapi.api.PostsApi;
import io.flowapi.api.WebhooksApi;
import io.flowapi.apikeys.ApiKeyRules;
import io.flowapi.apikeys.ApiKeysResource;
import io.flowapi.apikeys.AuthenticationGate;
import io.flowapi.apikeys.CallerResource;
import io.flowapi.apikeys.KnownKeys;
import io.flowapi.audit.AuditResource;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.events.EventsResource;
import io.flowapi.health.HealthMeters;
import io.flowapi.health.HealthResource;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.idempotency.IdempotencyStore;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.AnswerHeaders;
import io.flowapi.platform.http.Connections;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.HttpLimits;
import io.flowapi.platform.http.HttpListener;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.Routes;
import io.flowapi.platform.http.ScopeGate;
import io.flowapi.platform.http.ValidationGate;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.posts.PostsResource;
import io.flowapi.ratelimits.FailedAuthenticationGate;
import io.flowapi.ratelimits.RateLimitGate;
import io.flowapi.ratelimits.RateLimiter;
import io.flowapi.reference.Reference;
import io.flowapi.webhooks.Deliverer;
import io.flowapi.webhooks.WebhooksResource;
import io.helidon.webserver.WebServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything the process owns, built once, in dependency order. Read this first. */
public final class FlowServer implements AutoCloseable {

    private final Config config;
    private final Networks networks;
    private final Publishing publishing;
    private final Deliverer deliverer;
    private final RateLimiter limiter;
    private final Connections connections;
    private final Observation observation;
    private final WebServer http;

    /** @param flow stays the caller's to close, after the server */
    public FlowServer(Config config, Installation flow) {
        this(config, flow, HttpLimits.STANDARD);
    }

    /** With limits that a test can reach. */
    public FlowServer(Config config, Installation flow, HttpLimits limits) {
        this.config = config;
        connections = new Connections(limits);
        Supplier<String> publicUrl = () -> config.publicUrlOn(port());
        Replies replies = new Replies(publicUrl);
        Paging paging = new Paging(flow.vault());
        Idempotency idempotency =
                new Idempotency(flow.database(), new IdempotencyStore(), flow.vault(), replies, flow.clock());
        KnownKeys keys = new KnownKeys(flow.database(), flow.keys(), flow.clock());

        networks = Networks.open(config, flow);
        observation = Observation.of(config, flow, replies);
        publishing = Publishing.of(config, flow, networks, observation.faults());
        deliverer = Delivering.of(flow, config.guard(), observation.faults());
        limiter = RateLimiter.of(flow.database(), flow.directory().path(), flow.clock());
        HealthResource health = Observation.health(flow, publishing.queue(), connections::draining);
        HealthMeters.register(flow.metrics(), health::now);
        Connecting connecting = Connecting.of(config, flow, networks, idempotency, publicUrl);

        List<Operation> operations = Stream.of(
                        HealthApi.operations(health),
                        CallerApi.operations(
                                new CallerResource(flow.database(), flow.users(), flow.keys(), config.limits())),
                        ApiKeysApi.operations(new ApiKeysResource(
                                flow.database(),
                                flow.keys(),
                                keys,
                                flow.audit(),
                                idempotency,
                                paging,
                                new ApiKeyRules(config.limits(), flow.clock()))),
                        ConnectionsApi.operations(connecting.resource()),
                        ChannelsApi.operations(new ChannelsResource(
                                flow.database(),
                                networks.channels(flow, publishing.waiting()),
                                flow.audit(),
                                idempotency,
                                paging)),
                        PostsApi.operations(new PostsResource(
                                flow.database(),
                                publishing.posts(),
                                flow.audit(),
                                idempotency,
                                paging,
                                publishing.worker()::wakeAll)),
                        EventsApi.operations(new EventsResource(flow.database(), paging)),
                        WebhooksApi.operations(new WebhooksResource(
                                flow.database(),
                                publishing.webhooks(flow, networks.guard()),
                                flow.audit(),
                                idempotency,
                                paging)),
                        AuditApi.operations(new AuditResource(flow.database(), paging)))
                .flatMap(List::stream)
                .toList();

        // The order of refusal: whose key, how often, what it may do, what was sent.
        var guesses = new FailedAuthenticationGate(new AuthenticationGate(keys), limiter, config.limits());
        List<Gate> gates = List.of(
                guesses,
                new RateLimitGate(limiter, config.limits()),
                new ScopeGate(),
                new ValidationGate(Build.document()));

        Routes routes = new Routes(gates, replies, operations)
                .with(Reference.readings(Build.document(), publicUrl), guesses.guarded(connecting.pages()));
        AnswerHeaders always = new AnswerHeaders(config.production(), config.origins());
        HttpListener.Address address = new HttpListener.Address(config.host(), config.port());
        http = HttpListener.on(address, always, config.clients(), replies, routes, connections, observation.watch());
    }

    /** Starts what the role asks for; the figures can be read in every role. */
    public void start() {
        if (config.role() != Config.Role.WORKER) {
            Observation.isListening(http.start(), "The port " + config.port() + " of " + config.host());
        }
        observation.start();
        if (config.role() != Config.Role.API) {
            publishing.start();
            networks.sunsets().plan();
            deliverer.start();
        }
    }

    /** The port the server listens on. */
    public int port() {
        return http.port();
    }

    /** The port its figures are read on. */
    public int managementPort() {
        return observation.port();
    }

    /** For tests that step the queue with a clock of their own. */
    public Worker worker() {
        return publishing.worker();
    }

    /** As {@link #worker}, for what goes to webhooks. */
    public Deliverer deliverer() {
        return deliverer;
    }

    /**
     * Not ready from now on, and each answer the last of its connection; no new jobs; then, when whoever sends requests
     * here has had the time to notice, no new connection either, and time for the requests at hand.
     */
    @Override
    public void close() {
        connections.drain();
        long noticed = System.nanoTime() + config.drainNotice().toNanos();
        Delivering.stop(publishing, deliverer);
        if (http.isRunning()) {
            waitUntil(noticed);
            http.stop();
        }
        limiter.close();
        networks.close();
        // Last, so that a slow end can be watched.
        observation.close();
    }

    private static void waitUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
