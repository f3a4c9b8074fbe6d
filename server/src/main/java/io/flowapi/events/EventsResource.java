package io.flowapi.events;

import io.flowapi.api.EventsApi;
import io.flowapi.api.model.Event;
import io.flowapi.api.model.EventPage;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;

/** The events, for those whose they are. */
public final class EventsResource implements EventsApi {

    private final Database database;
    private final Paging paging;
    private final EventStore store = new EventStore();

    public EventsResource(Database database, Paging paging) {
        this.database = database;
        this.paging = paging;
    }

    @Override
    public ListEventsReply listEvents(Caller caller, ListEventsCall call) {
        EventFilter filter = new EventFilter(call.type(), call.resourceId(), call.from(), call.to());
        Page<Event> page = paging.page(
                caller,
                "events " + filter,
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> store.list(tx, caller, filter, after, limit)),
                event -> new Position(event.timestamp(), event.id()));
        return new ListEventsReply.R200(new EventPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public GetEventReply getEvent(Caller caller, GetEventCall call) {
        return database.read(tx -> store.find(tx, caller, call.eventId()))
                .<GetEventReply>map(GetEventReply.R200::new)
                .orElseGet(() -> new GetEventReply.R404(Refusal.notFound("event")));
    }
}
