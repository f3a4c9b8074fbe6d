package io.flowapi.webhooks;

import io.flowapi.events.EventLog;
import io.flowapi.platform.db.Database;
import io.flowapi.webhooks.Dispatch.Endpoint;
import io.flowapi.webhooks.DueDeliveryStore.Claimed;
import io.flowapi.webhooks.DueDeliveryStore.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /**
     * Takes what is due of those whose turn it is, at most so many. Nothing is opened or read of what they send: what is
     * damaged must fail alone, and not be taken first for ever together with the others.
     */
    List<Claimed> take(List<Turn> turns, int room) {
        Instant now = clock.instant();
        List<Turn> due =
                turns.stream().filter(turn -> !turn.dueAt().isAfter(now)).toList();
        if (due.isEmpty() || room <= 0) {
            return List.of();
        }
        return database.write(tx -> take(tx, due, room, now));
    }

    private List<Claimed> take(Handle tx, List<Turn> due, int room, Instant now) {
        List<Claimed> taken = new ArrayList<>();
        // Where places are few, nobody takes a second before each has one.
        int share = Math.max(1, room / due.size());
        for (Turn turn : due) {
            int left = deliveries.room(tx, turn.webhook(), now).orElse(0);
            int limit = Math.min(Math.min(left, share), room - taken.size());
            if (limit > 0) {
                taken.addAll(deliveries.claim(tx, turn.webhook(), now, limit));
            }
        }
        return taken;
    }

    /** What is to be sent; empty when its event or its webhook is not there any more. */
    Optional<Dispatch> open(Claimed claimed) {
        return database.read(tx -> webhooks.target(tx, claimed.webhook())
                .flatMap(target -> events.find(tx, List.of(claimed.event())).stream()
                        .findFirst()
                        .map(event -> new Dispatch(
                                event,
                                new Endpoint(target.url(), target.headers(), secrets.valid(tx, claimed.webhook()))))));
    }

    /** What a server held that has crashed. */
    void voidAll() {
        database.write(tx -> {
            deliveries.voidLeases(tx);
            return null;
        });
    }
}
