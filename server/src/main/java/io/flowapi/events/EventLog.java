package io.flowapi.events;

import io.flowapi.api.model.Event;
import io.flowapi.api.model.EventType;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Where every change of a state is told, in its own transaction: a change that is undone was never told. Whoever wants to be
 * sent the event has it on its way in the same transaction.
 */
public final class EventLog {

    private final Ids ids;
    private final InstantSource clock;
    private final Runnable wake;
    private final EventStore store = new EventStore();
    private final OutboxStore outbox = new OutboxStore();

    /** @param wake tells whoever sends that there is something to send, when that is committed */
    public EventLog(Ids ids, InstantSource clock, Runnable wake) {
        this.ids = ids;
        this.clock = clock;
        this.wake = wake;
    }

    public void append(Handle tx, EventType type, ChangedResource changed) {
        append(tx, type, List.of(changed));
    }

    /** The same of many at once. */
    public void append(Handle tx, EventType type, List<ChangedResource> changed) {
        Instant now = clock.instant();
        List<UUID> events = store.insert(tx, ids, type, changed, now);
        if (outbox.put(tx, ids, type, changed, events, now) > 0) {
            Database.afterCommit(wake);
        }
    }

    /** For those who look for it; it is sent to nobody by itself. */
    public UUID appendUnsent(Handle tx, EventType type, ChangedResource changed) {
        return store.insert(tx, ids, type, List.of(changed), clock.instant()).getFirst();
    }

    /** Those of these events that are still kept, in no order. */
    public List<Event> find(Handle tx, List<UUID> ids) {
        return store.find(tx, ids);
    }
}
