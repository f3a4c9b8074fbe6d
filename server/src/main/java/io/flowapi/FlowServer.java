package io.flowapi;

import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.CallerApi;
import io.flowapi.api.ChannelsApi;
import io.flowapi.api.HealthApi;
import io.flowapi.api.PostsApi;
import io.flowapi.apikeys.ApiKeysResource;
import io.flowapi.apikeys.AuthenticationGate;
import io.flowapi.apikeys.CallerResource;
import io.flowapi.apikeys.KnownKeys;
import io.flowapi.channels.ChannelsResource;
import io.flowapi.health.DependencyHealth;
import io.flowapi.health.HealthResource;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.idempotency.IdempotencyStore;
import io.flowapi.idempotency.PurgeIdempotencyKeys;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.CloseGuard;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.ProtocolProblems;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.RequestIdFilter;
import io.flowapi.platform.http.RequestLogFilter;
import io.flowapi.platform.http.RequestTargetFilter;
import io.flowapi.platform.http.Routes;
import io.flowapi.platform.http.ScopeGate;
import io.flowapi.platform.http.ValidationGate;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.QueueHealth;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.posts.PostDeletions;
import io.flowapi.posts.PostService;
import io.flowapi.posts.PostStore;
import io.flowapi.posts.PostsOnChannel;
import io.flowapi.posts.PostsResource;
import io.flowapi.posts.PublishTarget;
import io.flowapi.posts.Settlement;
import io.flowapi.posts.TargetStore;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Everything the process owns, built once, in dependency order. Read this first. */
public final class FlowServer implements AutoCloseable {

    private static final long BODY_BYTES_MAX = 1_048_576;
    private static final int HEADER_BYTES_MAX = 16_384;
    /** Above our own limit for targets, so that those are refused by a filter, with everything a filter adds. */
    private static final int REQUEST_LINE_BYTES_MAX = 65_536;

    private static final Duration CONNECTION_IDLE_MAX = Duration.ofSeconds(60);
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(10);

    private final Config config;
    private final PurgeIdempotencyKeys purge;
    private final Networks networks;
    private final Worker worker;
    private final WebServer http;
    private volatile boolean draining;

    /** @param installation stays the caller's to close, after the server */
    public FlowServer(Config config, Installation installation) {
        this.config = config;
        Database database = installation.database();
        InstantSource clock = installation.clock();
        Ids ids = installation.ids();

        Replies replies = new Replies(() -> config.withPort(port()).publicUrl());
        Paging paging = new Paging(installation.vault());
        IdempotencyStore answers = new IdempotencyStore();
        Idempotency idempotency = new Idempotency(database, answers, installation.vault(), replies, clock);
        JobQueue queue = new JobQueue(ids);

        networks = Networks.open(config, installation);
        KnownKeys keys = new KnownKeys(database, installation.keys(), clock);
        TargetStore targets = new TargetStore();
        PostStore posts = new PostStore(targets);
        PostService service =
                new PostService(posts, targets, installation.channels(), networks.publishers(), queue, ids, clock);
        Settlement settlement = new Settlement(posts, targets, installation.channels(), queue, clock);
        PostDeletions deletions = new PostDeletions(
                database, posts, targets, installation.channels(), networks.publishers(), queue, clock);
        PostsOnChannel waiting = new PostsOnChannel(posts, targets, settlement, clock);

        purge = new PurgeIdempotencyKeys(database, answers, queue, clock);
        worker = new Worker(
                database,
                queue,
                clock,
                List.of(new PublishTarget(database, posts, queue, settlement, networks.publishers(), clock), purge));

        HealthResource health = new HealthResource(
                new HealthResource.Checks(
                        DependencyHealth.database(database),
                        DependencyHealth.storage(installation.directory()),
                        DependencyHealth.queue(new QueueHealth(database, queue, clock))),
                () -> draining,
                Build.version(),
                clock);
        List<Operation> operations = Stream.of(
                        HealthApi.operations(health),
                        CallerApi.operations(new CallerResource(database, installation.users(), installation.keys())),
                        ApiKeysApi.operations(
                                new ApiKeysResource(database, installation.keys(), keys, idempotency, paging, clock)),
                        ChannelsApi.operations(new ChannelsResource(
                                database,
                                installation.channels(),
                                networks.ledger(),
                                networks.connections(),
                                waiting,
                                idempotency,
                                paging)),
                        PostsApi.operations(new PostsResource(
                                database, posts, service, deletions, idempotency, paging, worker::wake)))
                .flatMap(List::stream)
                .toList();

        // The order of refusal: whose key, what it may do, what was sent.
        List<Gate> gates = List.of(new AuthenticationGate(keys), new ScopeGate(), new ValidationGate(Build.document()));

        http = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .maxPayloadSize(BODY_BYTES_MAX)
                .idleConnectionTimeout(CONNECTION_IDLE_MAX)
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .shutdownHook(false)
                // Without it answers over 8 kB wait 40 ms for the other side's acknowledgement.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_BYTES_MAX)
                        .maxHeadersSize(HEADER_BYTES_MAX)
                        .build())
                .directHandlers(ProtocolProblems.handlers(replies))
                .routing(routing -> {
                    // Outermost first: a filter sees every answer given below it.
                    routing.addFilter(new CloseGuard())
                            .addFilter(new RequestIdFilter())
                            .addFilter(new RequestLogFilter(clock))
                            .addFilter(new RequestTargetFilter(replies));
                    new Routes(gates, replies).register(routing, operations);
                })
                .build();
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
            purge.plan();
            worker.start();
        }
    }

    /** The port the server listens on. */
    public int port() {
        return http.port();
    }

    /** For tests that step the queue with a clock of their own. */
    public Worker worker() {
        return worker;
    }

    /** Not ready from now on; then no new work, and time for the work at hand. */
    @Override
    public void close() {
        draining = true;
        worker.close();
        if (http.isRunning()) {
            http.stop();
        }
        networks.close();
    }
}
