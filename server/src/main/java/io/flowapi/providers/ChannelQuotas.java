package io.flowapi.providers;

import io.flowapi.api.model.QuotaWindow;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.net.OutgoingOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How much the networks let each channel send, as they told with their last answers; every node knows it. */
public final class ChannelQuotas {

    private final Database database;
    private final InstantSource clock;
    private final QuotaStore store = new QuotaStore();

    public ChannelQuotas(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An answer to a post on a channel, whatever it says of the post. */
    public void heard(UUID channel, OutgoingOutcome.Answered answer) {
        QuotaHeaders.read(answer, clock.instant()).ifPresent(window -> told(channel, window));
    }

    public void told(UUID channel, QuotaWindow window) {
        database.write(tx -> {
            store.put(tx, channel, window);
            return null;
        });
    }

    public List<QuotaWindow> of(Handle tx, UUID channel) {
        return store.list(tx, channel);
    }

    /** How long the network takes nothing more of a channel; empty when it may take something. */
    Optional<Duration> usedUp(Handle tx, UUID channel) {
        Instant now = clock.instant();
        return store.usedUpUntil(tx, channel, now).map(until -> Duration.between(now, until));
    }
}
