package io.flowapi.posts;

import io.flowapi.api.model.Post;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The jobs that take the targets of a post out. */
public final class TargetJobs {

    private final JobQueue queue;

    public TargetJobs(JobQueue queue) {
        this.queue = queue;
    }

    /** For every target that is pending and has a time. */
    void enqueue(Handle tx, Post post) {
        for (Target target : pending(post)) {
            if (target.scheduledAt() != null) {
                queue.enqueue(
                        tx, PublishTarget.of(target.id(), target.provider(), Priority.TIMELY), target.scheduledAt());
            }
        }
    }

    void cancel(Handle tx, Post post) {
        post.targets().forEach(target -> cancel(tx, target));
    }

    void cancel(Handle tx, Target target) {
        queue.cancel(tx, PublishTarget.KIND, target.id().toString());
    }

    static List<Target> pending(Post post) {
        return post.targets().stream()
                .filter(target -> target.status() == TargetStatus.PENDING)
                .toList();
    }
}
