package io.flowapi.events;

import io.flowapi.api.model.EventType;
import io.flowapi.platform.ids.Ids;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Where every change of a state is told, in its own transaction: a change that is undone was never told. */
public final class EventLog {

    private final Ids ids;
    private final InstantSource clock;
    private final EventStore store = new EventStore();

    public EventLog(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    public void append(Handle tx, EventType type, ChangedResource changed) {
        append(tx, type, List.of(changed));
    }

    /** The same of many at once. */
    public void append(Handle tx, EventType type, List<ChangedResource> changed) {
        store.insert(tx, ids, type, changed, clock.instant());
    }
}
