package io.flowapi.posts;

import io.flowapi.audit.AuditLog;
import io.flowapi.channels.ChannelStore;
import io.flowapi.events.EventLog;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Priority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private final DoubtStore doubtful = new DoubtStore();
    private final TargetOutcomes outcomes;
    private final JobQueue queue;
    private final InstantSource clock;

    public RestoredPosts(InstantSource clock) {
        Ids ids = new Ids(clock);
        EventLog events = new EventLog(ids, clock, () -> {});
        this.posts = new PostStore(targets, events);
        this.outcomes =
                new TargetOutcomes(new ChannelStore(ids, clock, events), targets, new AuditLog(ids, clock), events);
        this.queue = new JobQueue(ids);
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
            Instant now = clock.instant();
            doubtful.mayHaveBeenSentAgain(tx, target.id(), target.attempts());
            outcomes.heldBack(tx, target, TargetErrors.restoredAndAsked(), now.plus(TargetOutcomes.ASKED_FOR));
            queue.enqueue(tx, PublishTarget.of(target.id(), target.provider(), Priority.BACKGROUND), now);
        } else {
            outcomes.heldBack(tx, target, TargetErrors.restored());
            queue.cancel(tx, PublishTarget.KIND, target.id().toString());
        }
    }

    private void refresh(Handle tx, UUID post) {
        posts.changeStatus(
                tx, post, PostStatuses.of(posts.status(tx, post), targets.standings(tx, post)), clock.instant());
    }
}
