package io.flowapi.webhooks;

import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Webhook;
import io.flowapi.api.model.WebhookDisabledReason;
import io.flowapi.api.model.WebhookStatus;
import io.flowapi.events.ChangedResource;
import io.flowapi.events.EventLog;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks and webhook_events tables. Nobody else writes a status into them, so that none is written without its event.
 */
public final class WebhookStore {

    private static final String SHOWN = """
            id, url, events, description, headers, status, disabled_reason, disabled_at, failing_since, warnings,
            created_at, updated_at, version""" + " ";

    private static final String OF_CALLER = " where id = :id and user_id = :userId and mode = :mode ";

    private final Ids ids;
    private final InstantSource clock;
    private final EventLog events;
    private final Sealed sealed;

    public WebhookStore(Ids ids, InstantSource clock, EventLog events, Vault vault) {
        this.ids = ids;
        this.clock = clock;
        this.events = events;
        sealed = new Sealed(vault, "webhooks headers");
    }

    /** What its owner decides. */
    record Settings(
            String url, List<String> events, @Nullable TagFreeText description, Map<String, String> headers) {}

    /** How many the caller has; nobody adds one for the same user until the transaction ends. */
    int countAndLock(Handle tx, Caller caller) {
        tx.createQuery("select id from users where id = :userId <forChange>")
                .bind("userId", caller.userId())
                .mapTo(UUID.class)
                .one();
        return tx.createQuery("select count(*) as n from webhooks where user_id = :userId and mode = :mode")
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(row -> row.getColumn("n", Integer.class))
                .one();
    }

    Webhook create(Handle tx, Caller caller, Settings settings) {
        UUID id = ids.next();
        tx.createUpdate("""
                        insert into webhooks
                          (id, user_id, mode, url, events, status, created_at, updated_at, version)
                        values (:id, :userId, :mode, :url, '[]', 'enabled', :now, :now, 0)
                        """)
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("url", settings.url())
                .bind("now", clock.instant())
                .execute();
        change(tx, id, settings);
        return find(tx, caller, id).orElseThrow();
    }

    /** What failed at another URL is forgotten with it. */
    void change(Handle tx, UUID id, Settings settings) {
        TagFreeText description = settings.description();
        tx.createUpdate("""
                        update webhooks
                        set url = :url, failing_since = case when url = :url then failing_since end,
                            events = :events, description = :description, warnings = :warnings,
                            headers = :headers, updated_at = :now, version = version + 1
                        where id = :id
                        """)
                .bind("url", settings.url())
                .bind("events", Json.text(settings.events()))
                .bind("description", description == null ? null : description.text())
                .bind("warnings", Json.text(description == null ? List.of() : description.warnings()))
                .bind("headers", settings.headers().isEmpty() ? null : sealed.seal(id, Json.text(settings.headers())))
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
        tx.createUpdate("delete from webhook_events where webhook_id = :id")
                .bind("id", id)
                .execute();
        PreparedBatch types = tx.prepareBatch("insert into webhook_events (webhook_id, type) values (:id, :type)");
        settings.events()
                .forEach(type -> types.bind("id", id).bind("type", type).add());
        types.execute();
    }

    Optional<Webhook> find(Handle tx, Caller caller, UUID id) {
        return find(tx, caller, id, "");
    }

    /** As {@link #find}; nobody changes or deletes it until this transaction ends, and events are put on their way to it. */
    Optional<Webhook> findToChange(Handle tx, Caller caller, UUID id) {
        return find(tx, caller, id, "<forChange>");
    }

    private Optional<Webhook> find(Handle tx, Caller caller, UUID id, String lock) {
        return tx.createQuery("select " + SHOWN + "from webhooks" + OF_CALLER + lock)
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(this::webhook)
                .findOne();
    }

    List<Webhook> list(Handle tx, Caller caller, Position after, int limit) {
        return tx.createQuery("select " + SHOWN + """
                        from webhooks
                        where user_id = :userId and mode = :mode and (created_at, id) < (:createdAt, :id)
                        order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .map(this::webhook)
                .list();
    }

    /** The custom headers, with their values. */
    Map<String, String> headers(Handle tx, UUID id) {
        return target(tx, id).orElseThrow().headers();
    }

    /** Read at once: the headers of one URL must not be sent to another. */
    record Target(String url, Map<String, String> headers) {}

    /** Where it is sent; empty when it is not there any more. */
    Optional<Target> target(Handle tx, UUID id) {
        return tx.createQuery("select url, headers from webhooks where id = :id")
                .bind("id", id)
                .map(row -> new Target(
                        row.getColumn("url", String.class), headers(id, row.getColumn("headers", String.class))))
                .findOne();
    }

    /** Sends nothing more until it is enabled; nothing happens when it is disabled already. */
    public void disable(Handle tx, UUID id, WebhookDisabledReason reason) {
        tx.createQuery("""
                        update webhooks
                        set status = 'disabled', disabled_reason = :reason, disabled_at = :now, updated_at = :now,
                            version = version + 1, event_sequence = event_sequence + 1
                        where id = :id and status = 'enabled'
                        returning event_sequence as sequence, user_id, mode,\s""" + SHOWN)
                .bind("reason", reason.value())
                .bind("now", clock.instant())
                .bind("id", id)
                .map(this::changed)
                .findOne()
                .ifPresent(webhook -> events.append(tx, EventType.WEBHOOK_DISABLED, webhook));
    }

    /** Its failures are forgotten: it has five days again. */
    void enable(Handle tx, UUID id) {
        tx.createUpdate("""
                        update webhooks
                        set status = 'enabled', disabled_reason = null, disabled_at = null, failing_since = null
                        where id = :id and status = 'disabled'
                        """).bind("id", id).execute();
    }

    /** An event of the webhook's own, for it alone. */
    UUID ping(Handle tx, UUID id) {
        ChangedResource webhook =
                tx.createQuery("""
                        update webhooks set event_sequence = event_sequence + 1
                        where id = :id
                        returning event_sequence as sequence, user_id, mode,\s""" + SHOWN).bind("id", id).map(this::changed).one();
        return events.appendUnsent(tx, EventType.PING, webhook);
    }

    /** Waits for those who are putting events on their way to it. */
    void delete(Handle tx, UUID id) {
        tx.createUpdate("delete from webhooks where id = :id").bind("id", id).execute();
    }

    private ChangedResource changed(RowView row) {
        Webhook webhook = webhook(row);
        return new ChangedResource(
                row.getColumn("user_id", UUID.class),
                Mode.of(row.getColumn("mode", String.class)),
                webhook.id(),
                row.getColumn("sequence", Integer.class),
                new EventData(null, null, null, null, webhook, null));
    }

    private Webhook webhook(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        String reason = row.getColumn("disabled_reason", String.class);
        return new Webhook(
                id,
                row.getColumn("url", String.class),
                List.of(Json.bind(Json.tree(row.getColumn("events", String.class)), String[].class)),
                row.getColumn("description", String.class),
                List.copyOf(headers(id, row.getColumn("headers", String.class)).keySet()),
                WebhookStatus.of(row.getColumn("status", String.class)),
                reason == null ? null : WebhookDisabledReason.of(reason),
                row.getColumn("disabled_at", Instant.class),
                row.getColumn("failing_since", Instant.class),
                TagFreeText.warnings(row.getColumn("warnings", String.class)),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class),
                row.getColumn("version", Integer.class));
    }

    private Map<String, String> headers(UUID id, @Nullable String stored) {
        Map<String, String> headers = new TreeMap<>();
        if (stored != null) {
            Json.tree(sealed.open(id, stored))
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        }
        return headers;
    }
}
