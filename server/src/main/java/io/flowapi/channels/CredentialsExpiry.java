package io.flowapi.channels;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.jobs.Claim;
import io.flowapi.platform.jobs.Job;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Asks an owner for new credentials, once and before the old ones end. What is to go out meanwhile goes out. */
public final class CredentialsExpiry implements Job {

    private static final String KIND = "ask_credentials";

    private static final Duration AHEAD_MAX = Duration.ofDays(7);

    /** Of what lives for two hours nobody is asked when it is made. */
    private static final int AHEAD_PART = 4;

    private final Database database;
    private final JobQueue queue;
    private final ChannelStore channels;
    private final InstantSource clock;

    public CredentialsExpiry(Database database, JobQueue queue, ChannelStore channels, InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.channels = channels;
        this.clock = clock;
    }

    /** @param end of the credentials that the channel has now; null when they do not end */
    void plan(Handle tx, UUID channel, @Nullable Instant end) {
        if (end == null) {
            channels.askAt(tx, channel, null);
            queue.cancel(tx, KIND, channel.toString());
            return;
        }
        Duration ahead = Duration.between(clock.instant(), end).dividedBy(AHEAD_PART);
        Instant at = end.minus(ahead.compareTo(AHEAD_MAX) < 0 ? ahead : AHEAD_MAX);
        channels.askAt(tx, channel, at);
        queue.enqueue(tx, Work.maintenance(KIND, channel.toString()), at);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** The channel may have been deleted, or have new credentials. */
    @Override
    public void run(Claim claim) {
        UUID channel = UUID.fromString(claim.subject());
        database.write(tx -> {
            Instant at = channels.askAt(tx, channel).orElse(null);
            if (at != null && at.isAfter(clock.instant())) {
                queue.reschedule(tx, claim, at);
                return null;
            }
            if (at != null) {
                channels.askEarly(tx, channel);
            }
            queue.complete(tx, claim);
            return null;
        });
    }
}
