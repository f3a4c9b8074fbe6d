package io.flowapi;

import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.AuditApi;
import io.flowapi.api.CallerApi;
import io.flowapi.api.ChannelsApi;
import io.flowapi.api.HealthApi;
import io.flowapi.api.PostsApi;
import io.flowapi.apikeys.ApiKeysResource;
import io.flowapi.apikeys.AuthenticationGate;
import io.flowapi.apikeys.CallerResource;
import io.flowapi.apikeys.KnownKeys;
import io.flowapi.audit.AuditResource;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.health.DependencyHealth;
import io.flowapi.health.HealthResource;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.idempotency.IdempotencyStore;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.AnswerHeaders;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.HttpListener;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.Routes;
import io.flowapi.platform.http.ScopeGate;
import io.flowapi.platform.http.ValidationGate;
import io.flowapi.platform.jobs.QueueHealth;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.posts.PostsResource;
import io.flowapi.reference.Reference;
import io.helidon.webserver.WebServer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything the process owns, built once, in dependency order. Read this first. */
public final class FlowServer implements AutoCloseable {

    private final Config config;
    private final Networks networks;
    private final Publishing publishing;
    private final WebServer http;
    private volatile boolean draining;

    /** @param flow stays the caller's to close, after the server */
    public FlowServer(Config config, Installation flow) {
        this.config = config;
        Supplier<String> publicUrl = () -> config.publicUrlOn(port());
        Replies replies = new Replies(publicUrl);
        Paging paging = new Paging(flow.vault());
        IdempotencyStore answers = new IdempotencyStore();
        Idempotency idempotency = new Idempotency(flow.database(), answers, flow.vault(), replies, flow.clock());
        KnownKeys keys = new KnownKeys(flow.database(), flow.keys(), flow.clock());

        networks = Networks.open(config, flow);
        publishing = Publishing.of(flow, networks.publishers(), answers);

        List<Operation> operations = Stream.of(
                        HealthApi.operations(health(flow)),
                        CallerApi.operations(new CallerResource(flow.database(), flow.users(), flow.keys())),
                        ApiKeysApi.operations(new ApiKeysResource(
                                flow.database(), flow.keys(), keys, flow.audit(), idempotency, paging, flow.clock())),
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
                                publishing.worker()::wake)),
                        AuditApi.operations(new AuditResource(flow.database(), paging)))
                .flatMap(List::stream)
                .toList();

        // The order of refusal: whose key, what it may do, what was sent.
        List<Gate> gates = List.of(new AuthenticationGate(keys), new ScopeGate(), new ValidationGate(Build.document()));

        Routes routes = new Routes(gates, replies, operations).with(Reference.readings(Build.document(), publicUrl));
        AnswerHeaders always = new AnswerHeaders(config.production(), config.origins());
        http = HttpListener.on(config.host(), config.port(), flow.clock(), always, replies, routes);
    }

    private HealthResource health(Installation flow) {
        return new HealthResource(
                new HealthResource.Checks(
                        DependencyHealth.database(flow.database()),
                        DependencyHealth.storage(flow.directory()),
                        DependencyHealth.queue(new QueueHealth(flow.database(), publishing.queue(), flow.clock()))),
                () -> draining,
                Build.version(),
                flow.clock());
    }

    /** Starts what the role asks for. */
    public void start() {
        if (config.role() != Config.Role.WORKER) {
            http.start();
            if (!http.isRunning()) {
                throw new IllegalStateException("The port " + config.port() + " of " + config.host()
                        + " cannot be listened on: it may be in use. The log says more.");
            }
        }
        if (config.role() != Config.Role.API) {
            publishing.start();
        }
    }

    /** The port the server listens on. */
    public int port() {
        return http.port();
    }

    /** For tests that step the queue with a clock of their own. */
    public Worker worker() {
        return publishing.worker();
    }

    /** Not ready from now on; then no new work, and time for the work at hand. */
    @Override
    public void close() {
        draining = true;
        publishing.close();
        if (http.isRunning()) {
            http.stop();
        }
        networks.close();
    }
}
