package io.flowapi;

import io.flowapi.idempotency.Idempotency;
import io.flowapi.idempotency.IdempotencyStore;
import io.flowapi.installation.Installation;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.posts.PostsResource;
import io.flowapi.providers.Publishers;
import java.time.Duration;
import java.util.List;

/** Posts and their worker as the server composes them, without the server around them. */
public record ComposedPublishing(PostsResource posts, Worker worker) {

    /** Shorter than what a simulation lasts. */
    private static final Duration LATENESS_MAX = Duration.ofMinutes(20);

    public static ComposedPublishing of(Installation flow, Publishers publishers) {
        Publishing publishing =
                Publishing.of(flow, LATENESS_MAX, Duration.ofDays(30), publishers, List.of(), FaultReports.none());
        Idempotency idempotency = new Idempotency(
                flow.database(),
                new IdempotencyStore(),
                flow.vault(),
                new Replies(() -> "http://flow.test"),
                flow.clock());
        PostsResource posts = new PostsResource(
                flow.database(), publishing.posts(), flow.audit(), idempotency, new Paging(flow.vault()), () -> {});
        return new ComposedPublishing(posts, publishing.worker());
    }
}
