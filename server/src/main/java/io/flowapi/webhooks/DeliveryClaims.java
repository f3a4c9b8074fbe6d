package io.flowapi.webhooks;

import io.flowapi.api.model.Event;
import io.flowapi.events.EventLog;
import io.flowapi.platform.db.Database;
import io.flowapi.webhooks.Dispatch.Endpoint;
import io.flowapi.webhooks.DueDeliveryStore.Claimed;
import io.flowapi.webhooks.DueDeliveryStore.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes due deliveries from the database, webhook by webhook. */
final class DeliveryClaims {

    private final Database database;
    private final DueDeliveryStore deliveries;
    private final WebhookStore webhooks;
    private final WebhookSecretStore secrets;
    private final EventLog events;
    private final InstantSource clock;

    DeliveryClaims(
            Database database,
            DueDeliveryStore deliveries,
            WebhookStore webhooks,
            WebhookSecretStore secrets,
            EventLog events,
            InstantSource clock) {
        this.database = database;
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.events = events;
        this.clock = clock;
    }

    /** Whose turn it is, now or later. */
    List<Turn> turns(int limit) {
        return database.read(tx -> deliveries.turns(tx, clock.instant(), limit));
    }

    /** Takes what is due of those whose turn it is, at most so many. */
    List<Dispatch> take(List<Turn> turns, int room) {
        Instant now = clock.instant();
        List<Turn> due =
                turns.stream().filter(turn -> !turn.dueAt().isAfter(now)).toList();
        if (due.isEmpty() || room <= 0) {
            return List.of();
        }
        return database.write(tx -> take(tx, due, room, now));
    }

    private List<Dispatch> take(Handle tx, List<Turn> due, int room, Instant now) {
        List<Dispatch> taken = new ArrayList<>();
        for (Turn turn : due) {
            int left = deliveries.room(tx, turn.webhook(), now).orElse(0);
            int limit = Math.min(left, room - taken.size());
            if (limit > 0) {
                taken.addAll(take(tx, turn.webhook(), limit, now));
            }
        }
        return taken;
    }

    private List<Dispatch> take(Handle tx, UUID webhook, int limit, Instant now) {
        List<Claimed> claimed = deliveries.claim(tx, webhook, now, limit);
        List<Dispatch> taken = dispatches(tx, webhook, claimed, now);
        // What has lost its event is ended on the way to what can be sent.
        while (taken.isEmpty() && !claimed.isEmpty()) {
            claimed = deliveries.claim(tx, webhook, now, limit);
            taken = dispatches(tx, webhook, claimed, now);
        }
        return taken;
    }

    private List<Dispatch> dispatches(Handle tx, UUID webhook, List<Claimed> claimed, Instant now) {
        if (claimed.isEmpty()) {
            return List.of();
        }
        Endpoint endpoint = new Endpoint(
                webhook,
                deliveries.url(tx, webhook).orElseThrow(),
                webhooks.headers(tx, webhook),
                secrets.valid(tx, webhook));
        Map<UUID, Event> told = events
                .find(tx, claimed.stream().map(Claimed::event).toList())
                .stream()
                .collect(Collectors.toMap(Event::id, Function.identity()));
        List<Dispatch> dispatches = new ArrayList<>();
        for (Claimed delivery : claimed) {
            Event event = told.get(delivery.event());
            if (event == null) {
                deliveries.abandon(tx, delivery.id(), now);
            } else {
                dispatches.add(new Dispatch(delivery.id(), delivery.attempts(), delivery.round(), event, endpoint));
            }
        }
        return dispatches;
    }

    /** What a server held that has crashed. */
    void voidAll() {
        database.write(tx -> {
            deliveries.voidLeases(tx);
            return null;
        });
    }
}
