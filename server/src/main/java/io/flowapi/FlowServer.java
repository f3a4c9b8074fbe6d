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
import io.flowapi.channels.ChannelStore;
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
import io.flowapi.platform.http.AnswerHeaders;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.HttpListener;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.Routes;
import io.flowapi.platform.http.ScopeGate;
import io.flowapi.platform.http.ValidationGate;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.QueueHealth;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.posts.AttemptStore;
import io.flowapi.posts.PlannedTargets;
import io.flowapi.posts.PostDeletions;
import io.flowapi.posts.PostDrafts;
import io.flowapi.posts.PostSteps;
import io.flowapi.posts.PostStore;
import io.flowapi.posts.PostsOnChannel;
import io.flowapi.posts.PostsResource;
import io.flowapi.posts.PublishTarget;
import io.flowapi.posts.Settlement;
import io.flowapi.posts.TargetJobs;
import io.flowapi.posts.TargetResolutions;
import io.flowapi.posts.TargetStore;
import io.flowapi.providers.Publishers;
import io.flowapi.reference.Reference;
import io.helidon.webserver.WebServer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything the process owns, built once, in dependency order. Read this first. */
public final class FlowServer implements AutoCloseable {

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
        ChannelStore channels = installation.channels();
        InstantSource clock = installation.clock();
        Ids ids = installation.ids();

        Supplier<String> publicUrl = () -> config.withPort(port()).publicUrl();
        Replies replies = new Replies(publicUrl);
        Paging paging = new Paging(installation.vault());
        IdempotencyStore answers = new IdempotencyStore();
        Idempotency idempotency = new Idempotency(database, answers, installation.vault(), replies, clock);
        JobQueue queue = new JobQueue(ids);

        networks = Networks.open(config, installation);
        Publishers publishers = networks.publishers();
        KnownKeys keys = new KnownKeys(database, installation.keys(), clock);
        TargetStore targets = new TargetStore();
        PostStore posts = new PostStore(targets);
        TargetJobs jobs = new TargetJobs(queue);
        PlannedTargets planned = new PlannedTargets(channels, publishers, ids);
        Settlement settlement = new Settlement(posts, targets, channels, queue, clock);
        PostsOnChannel waiting = new PostsOnChannel(settlement, clock);
        PostsResource.Posts postOperations = new PostsResource.Posts(
                posts,
                new AttemptStore(),
                new PostDrafts(posts, targets, jobs, channels, planned, ids, clock),
                new PostSteps(posts, targets, jobs, channels, planned, clock),
                new PostDeletions(database, posts, targets, channels, publishers, jobs, clock),
                new TargetResolutions(posts, jobs, settlement, publishers, clock));

        purge = new PurgeIdempotencyKeys(database, answers, queue, clock);
        worker = new Worker(
                database,
                queue,
                clock,
                List.of(new PublishTarget(database, posts, queue, settlement, publishers, ids, clock), purge));

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
                                channels,
                                networks.ledger(),
                                networks.connections(),
                                waiting,
                                idempotency,
                                paging)),
                        PostsApi.operations(
                                new PostsResource(database, postOperations, idempotency, paging, worker::wake)))
                .flatMap(List::stream)
                .toList();

        // The order of refusal: whose key, what it may do, what was sent.
        List<Gate> gates = List.of(new AuthenticationGate(keys), new ScopeGate(), new ValidationGate(Build.document()));

        Routes routes = new Routes(gates, replies, operations).with(Reference.readings(Build.document(), publicUrl));
        AnswerHeaders always = new AnswerHeaders(config.production(), config.origins());
        http = HttpListener.on(config.host(), config.port(), clock, always, replies, routes);
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
