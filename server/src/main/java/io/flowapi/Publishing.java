package io.flowapi;

import io.flowapi.connections.ConnectionStore;
import io.flowapi.events.OldEventStore;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.idempotency.OldAnswerStore;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Purge;
import io.flowapi.platform.jobs.QueueMeters;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.posts.AttemptStore;
import io.flowapi.posts.DryRun;
import io.flowapi.posts.LatenessMeters;
import io.flowapi.posts.NetworkRemovals;
import io.flowapi.posts.PlannedTargets;
import io.flowapi.posts.PostDeletions;
import io.flowapi.posts.PostDrafts;
import io.flowapi.posts.PostSteps;
import io.flowapi.posts.PostStore;
import io.flowapi.posts.PostsOnChannel;
import io.flowapi.posts.PostsResource;
import io.flowapi.posts.PublishTarget;
import io.flowapi.posts.TargetJobs;
import io.flowapi.posts.TargetOutcomes;
import io.flowapi.posts.TargetResolutions;
import io.flowapi.posts.TargetSteps;
import io.flowapi.posts.TargetStore;
import io.flowapi.providers.Publishers;
import io.flowapi.webhooks.OldDeliveryStore;
import io.flowapi.webhooks.WebhookRules;
import io.flowapi.webhooks.WebhookSecretStore;
import io.flowapi.webhooks.WebhookStore;
import io.flowapi.webhooks.WebhooksResource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Posts, from the request to the network: what is done with them, and the worker that sends. Part of the composition root. */
record Publishing(PostsResource.Posts posts, PostsOnChannel waiting, JobQueue queue, List<Purge> purges, Worker worker)
        implements AutoCloseable {

    /** Longer than they can be used. */
    private static final Duration CONNECTIONS_KEPT = Duration.ofHours(1);

    static Publishing of(Config config, Installation flow, Networks networks, FaultReports faults) {
        return of(flow, config.latenessMax(), config.eventsKept(), networks.publishers(), networks.jobs(), faults);
    }

    /**
     * @param latenessMax how late a post may be and still go out; zero when that is no matter
     * @param eventsKept for how long what happened can be listed
     * @param more that the worker does beside posts
     */
    static Publishing of(
            Installation flow,
            Duration latenessMax,
            Duration eventsKept,
            Publishers publishers,
            List<Job> more,
            FaultReports faults) {
        ServerClock clock = flow.clock();
        JobQueue queue = new JobQueue(flow.ids());
        TargetStore targets = new TargetStore();
        PostStore posts = new PostStore(targets, flow.events());
        TargetJobs jobs = new TargetJobs(queue);
        PlannedTargets planned = new PlannedTargets(flow.channels(), publishers, flow.ids());
        TargetOutcomes outcomes = new TargetOutcomes(flow.channels(), targets, flow.audit(), flow.events());
        TargetSteps steps = TargetSteps.of(posts, flow.channels(), outcomes, queue, clock, latenessMax);
        NetworkRemovals removals =
                new NetworkRemovals(flow.database(), posts, targets, flow.channels(), publishers, flow.audit(), clock);
        List<Purge> purges = List.of(
                new Purge(flow.background(), queue, clock, Idempotency.KEPT, new OldAnswerStore()),
                new Purge(flow.background(), queue, clock, CONNECTIONS_KEPT, new ConnectionStore(flow.vault())),
                new Purge(flow.background(), queue, clock, eventsKept, new OldEventStore()),
                new Purge(flow.background(), queue, clock, eventsKept, new OldDeliveryStore()));
        LatenessMeters lateness = new LatenessMeters(flow.metrics());
        QueueMeters.register(flow.metrics(), flow.database(), queue, clock);
        PublishTarget publish =
                new PublishTarget(flow.background(), queue, posts, steps, publishers, flow.ids(), clock, lateness);
        return new Publishing(
                new PostsResource.Posts(
                        posts,
                        new AttemptStore(),
                        new PostDrafts(posts, targets, jobs, flow.channels(), planned, flow.ids(), clock),
                        new PostSteps(posts, targets, jobs, flow.channels(), planned, clock),
                        new PostDeletions(flow.database(), posts, jobs, removals, flow.audit(), clock),
                        new TargetResolutions(posts, jobs, outcomes, publishers, flow.audit(), clock),
                        new DryRun(flow.database(), flow.channels(), publishers, flow.ids(), clock)),
                new PostsOnChannel(posts, clock),
                queue,
                purges,
                new Worker(
                        flow.database(),
                        queue,
                        clock,
                        Stream.of(List.of(publish), purges, more)
                                .<Job>flatMap(List::stream)
                                .toList(),
                        faults));
    }

    /** Where events are sent to, and who is told that there are some. */
    WebhooksResource.Webhooks webhooks(Installation flow, UrlGuard guard) {
        return new WebhooksResource.Webhooks(
                new WebhookStore(flow.ids(), flow.clock(), flow.events(), flow.vault()),
                new WebhookSecretStore(flow.vault(), flow.ids(), flow.clock()),
                new WebhookRules(guard),
                flow.ids(),
                flow.clock(),
                worker::wakeAll);
    }

    void start() {
        purges.forEach(Purge::plan);
        worker.start();
    }

    @Override
    public void close() {
        worker.close();
    }
}
