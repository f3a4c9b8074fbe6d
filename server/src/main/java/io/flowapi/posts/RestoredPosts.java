package io.flowapi.posts;

import io.flowapi.api.model.TargetStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The posts of a database that was made of a backup. What it takes for unsent and was due since may be out: it becomes
 * unknown. Where the database has the request that was sent, the network is asked before anything goes out; where it has
 * none there is nothing to ask for, and a person decides.
 */
public final class RestoredPosts {

    private static final int BATCH = 200;

    private final PostStore posts;
    private final TargetStore targets = new TargetStore();
    private final SendingStore sendings = new SendingStore();
    private final JobQueue queue;
    private final AuditLog audit;
    private final InstantSource clock;

    public RestoredPosts(InstantSource clock) {
        this.posts = new PostStore(targets);
        Ids ids = new Ids(clock);
        this.queue = new JobQueue(ids);
        this.audit = new AuditLog(ids, clock);
        this.clock = clock;
    }

    /** Holds back every target that is pending and was due until then; says how many. */
    public int holdBack(Database database, Instant until) {
        int all = 0;
        int batch = BATCH;
        while (batch == BATCH) {
            batch = database.write(tx -> holdBack(tx, until));
            all += batch;
        }
        return all;
    }

    private int holdBack(Handle tx, Instant until) {
        List<TargetStore.Due> due = targets.dueUntil(tx, until, BATCH);
        due.forEach(target -> holdBack(tx, target));
        due.stream().map(TargetStore.Due::postId).distinct().forEach(post -> refresh(tx, post));
        return due.size();
    }

    private void holdBack(Handle tx, TargetStore.Due target) {
        if (target.attempts() > 0) {
            sendings.notPublished(tx, target.id(), TargetStatus.UNKNOWN, TargetErrors.restoredAndAsked());
            queue.enqueue(tx, PublishTarget.of(target.id(), target.provider(), Priority.BACKGROUND), clock.instant());
        } else {
            sendings.notPublished(tx, target.id(), TargetStatus.UNKNOWN, TargetErrors.restored());
            queue.cancel(tx, PublishTarget.KIND, target.id().toString());
        }
        Origin person = Origin.console(target.userId(), target.mode());
        audit.append(tx, person, "target.unknown", Audited.target(target.id()), Map.of("postId", target.postId()));
    }

    private void refresh(Handle tx, UUID post) {
        posts.changeStatus(
                tx, post, PostStatuses.of(posts.status(tx, post), targets.statuses(tx, post)), clock.instant());
    }
}
