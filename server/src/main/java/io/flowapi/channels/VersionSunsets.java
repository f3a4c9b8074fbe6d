package io.flowapi.channels;

import io.flowapi.api.model.Provider;
import io.flowapi.events.EventLog;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import io.flowapi.providers.linkedin.LinkedInVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says that the version of LinkedIn's API that this server speaks ends soon, once to each whom it concerns; looks daily. */
public final class VersionSunsets implements Job {

    private static final Duration EVERY = Duration.ofDays(1);
    private static final int AT_ONCE = 100;

    private final Database database;
    private final JobQueue queue;
    private final InstantSource clock;
    private final LinkedInVersion version;
    private final VersionSunsetStore store;

    public VersionSunsets(
            Database database, JobQueue queue, InstantSource clock, Ids ids, EventLog events, LinkedInVersion version) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.version = version;
        this.store = new VersionSunsetStore(ids, events);
    }

    /** Puts the job into the queue where it is not there yet. */
    public void plan() {
        database.write(tx -> {
            queue.enqueue(tx, Work.maintenance(kind(), "linkedin"), clock.instant());
            return null;
        });
    }

    @Override
    public String kind() {
        return "version_sunset";
    }

    @Override
    public void run(Claim claim) {
        Instant now = clock.instant();
        database.write(tx -> {
            int told = version.endsSoonAt(now)
                    ? store.tell(tx, Provider.LINKEDIN, version.number(), version.sunset(), now, AT_ONCE)
                    : 0;
            queue.reschedule(tx, claim, told == AT_ONCE ? now : now.plus(EVERY));
            return null;
        });
    }
}
