package io.flowapi.webhooks;

import io.flowapi.api.model.Mode;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A user's webhooks, put into the database as they are stored: also such as no request could make. */
final class Planted {

    private final Flow flow;
    private final UUID user;
    private final TestCaller caller;

    Planted(Flow flow) {
        this.flow = flow;
        Flow.TestUser owner = flow.user();
        user = owner.account().id();
        caller = owner.key(Mode.TEST);
    }

    TestCaller caller() {
        return caller;
    }

    UUID webhook(String url) {
        return webhook(url, Map.of());
    }

    /** One that wants everything, with its first secret. */
    UUID webhook(String url, Map<String, String> headers) {
        Installation installation = flow.installation();
        UUID id = installation.ids().next();
        String sealed = new Sealed(installation.vault(), "webhooks headers").seal(id, Json.text(headers));
        installation.database().write(tx -> {
            tx.createUpdate("""
                            insert into webhooks
                              (id, user_id, mode, url, events, headers, status, created_at, updated_at, version)
                            values (:id, :user, 'test', :url, '["*"]', :headers, 'enabled', :now, :now, 1)
                            """)
                    .bind("id", id)
                    .bind("user", user)
                    .bind("url", url)
                    .bind("headers", sealed)
                    .bind("now", flow.clock().instant())
                    .execute();
            tx.execute("insert into webhook_events (webhook_id, type) values (?, '*')", id.toString());
            return secrets().add(tx, id);
        });
        return id;
    }

    /** Something happened that this webhook is told: the id of the delivery. */
    UUID event(UUID webhook) {
        String channel = caller.channel();
        String event = caller.get("/v1/events?resourceId=" + channel)
                .ok()
                .at("/data/0/id")
                .asText();
        return onItsWay(webhook, event).orElseGet(() -> deliver(webhook, event));
    }

    private Optional<UUID> onItsWay(UUID webhook, String event) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery(
                                "select id from deliveries where webhook_id = :webhook and event_id = :event")
                        .bind("webhook", webhook)
                        .bind("event", event)
                        .mapTo(UUID.class)
                        .findOne());
    }

    UUID deliver(UUID webhook, String event) {
        UUID id = flow.installation().ids().next();
        flow.installation()
                .database()
                .write(tx -> tx.createUpdate("""
                        insert into deliveries
                          (id, webhook_id, event_id, event_type, status, kind, next_attempt_at, created_at)
                        values (:id, :webhook, :event, 'channel.connected', 'pending', 'event', :now, :now)
                        """)
                        .bind("id", id)
                        .bind("webhook", webhook)
                        .bind("event", event)
                        .bind("now", flow.clock().instant())
                        .execute());
        return id;
    }

    WebhookSecretStore secrets() {
        Installation installation = flow.installation();
        return new WebhookSecretStore(installation.vault(), installation.ids(), flow.clock());
    }

    /** Those that sign now. */
    List<String> secrets(UUID webhook) {
        return flow.installation().database().read(tx -> secrets().valid(tx, webhook));
    }

    /** The secret of before ends then; the new one. */
    String roll(UUID webhook, Instant end) {
        return flow.installation().database().write(tx -> {
            secrets().expire(tx, webhook, end);
            return secrets().add(tx, webhook);
        });
    }

    /** One column of a row, as text. */
    String column(String table, String column, UUID id) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery(
                                "select cast(" + column + " as text) as it from " + table + " where id = :id")
                        .bind("id", id)
                        .map(row -> String.valueOf(row.getColumn("it", String.class)))
                        .one());
    }

    String status(UUID delivery) {
        return column("deliveries", "status", delivery);
    }

    /** What each attempt of a delivery came to: its status and its error, as far as it has them. */
    List<String> attempts(UUID delivery) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("""
                                select coalesce(cast(status_code as text), '') || ' ' || coalesce(error, '') as it
                                from delivery_attempts where delivery_id = :delivery
                                order by number
                                """)
                        .bind("delivery", delivery)
                        .map(row -> row.getColumn("it", String.class).strip())
                        .list());
    }

    void update(String sql, UUID id) {
        flow.installation().database().write(tx -> tx.execute(sql, id.toString()));
    }
}
