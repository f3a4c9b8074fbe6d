package io.flowapi.webhooks;

import io.flowapi.api.WebhooksApi;
import io.flowapi.api.model.CreateWebhookRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.Webhook;
import io.flowapi.api.model.WebhookPage;
import io.flowapi.api.model.WebhookWithSecret;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.ids.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The webhook operations. */
public final class WebhooksResource implements WebhooksApi {

    /** Of one user in one mode: each event writes a row for each of them, in the transaction of what happened. */
    private static final int WEBHOOKS_MAX = 20;

    private static final int OLD_SECRETS_MAX = 10;
    private static final int OVERLAP_SECONDS = 86_400;

    private final Database database;
    private final WebhookStore store;
    private final WebhookSecretStore secrets;
    private final WebhookRules rules;
    private final WebhookUpdates updates;
    private final DeliveriesResource deliveries;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Paging paging;
    private final InstantSource clock;
    private final Runnable wake;

    /**
     * What webhooks consist of.
     *
     * @param wake tells whoever sends that there is something to send
     */
    public record Webhooks(
            WebhookStore store,
            WebhookSecretStore secrets,
            WebhookRules rules,
            Ids ids,
            InstantSource clock,
            Runnable wake) {}

    public WebhooksResource(
            Database database, Webhooks webhooks, AuditLog audit, Idempotency idempotency, Paging paging) {
        this.database = database;
        this.store = webhooks.store();
        this.secrets = webhooks.secrets();
        this.rules = webhooks.rules();
        this.updates = new WebhookUpdates(store, rules, audit);
        this.deliveries = new DeliveriesResource(database, webhooks, audit, idempotency, paging);
        this.audit = audit;
        this.idempotency = idempotency;
        this.paging = paging;
        this.clock = webhooks.clock();
        this.wake = webhooks.wake();
    }

    @Override
    public CreateWebhookReply createWebhook(Caller caller, CreateWebhookCall call) {
        return idempotency.once(
                caller,
                only(caller, call.idempotencyKey()),
                tx -> create(tx, caller, call.body()),
                CreateWebhookReply.Replayed::new);
    }

    /** The answer holds a secret: a key that may do less must not get it by repeating the request of one that may more. */
    private static @Nullable IdempotencyKey only(Caller caller, @Nullable IdempotencyKey key) {
        return key == null
                ? null
                : new IdempotencyKey(key.value(), key.fingerprint() + " " + new TreeSet<>(caller.scopes()));
    }

    private CreateWebhookReply create(Handle tx, Caller caller, CreateWebhookRequest wanted) {
        TagFreeText description = WebhookUpdates.tagFree(wanted.description());
        List<FieldError> errors = rules.broken(wanted.url(), wanted.events(), description, wanted.headers());
        if (!errors.isEmpty()) {
            return new CreateWebhookReply.R422(Refusal.invalid(errors));
        }
        if (store.countAndLock(tx, caller) >= WEBHOOKS_MAX) {
            return new CreateWebhookReply.R409(Refusal.of(
                    ProblemCode.LIMIT_REACHED,
                    "There are " + WEBHOOKS_MAX + " webhooks already, which is the most in one mode."));
        }
        Map<String, String> headers = wanted.headers() == null ? Map.of() : wanted.headers();
        Webhook webhook = store.create(
                tx, caller, new WebhookStore.Settings(wanted.url(), wanted.events(), description, headers));
        String secret = secrets.add(tx, webhook.id());
        audit.append(tx, Origin.of(caller), "createWebhook", Audited.webhook(webhook.id()));
        return new CreateWebhookReply.R201(
                with(webhook, secret), "/v1/webhooks/" + webhook.id(), ETags.of(webhook.version()));
    }

    private static WebhookWithSecret with(Webhook webhook, String secret) {
        return new WebhookWithSecret(
                webhook.id(),
                webhook.url(),
                webhook.events(),
                webhook.description(),
                webhook.headerNames(),
                webhook.status(),
                webhook.disabledReason(),
                webhook.disabledAt(),
                webhook.failingSince(),
                webhook.warnings(),
                webhook.createdAt(),
                webhook.updatedAt(),
                webhook.version(),
                secret);
    }

    @Override
    public ListWebhooksReply listWebhooks(Caller caller, ListWebhooksCall call) {
        Page<Webhook> page = paging.page(
                caller,
                "webhooks",
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> store.list(tx, caller, after, limit)),
                webhook -> new Position(webhook.createdAt(), webhook.id()));
        return new ListWebhooksReply.R200(new WebhookPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public GetWebhookReply getWebhook(Caller caller, GetWebhookCall call) {
        return database.read(tx -> store.find(tx, caller, call.webhookId()))
                .<GetWebhookReply>map(webhook -> new GetWebhookReply.R200(webhook, ETags.of(webhook.version())))
                .orElseGet(() -> new GetWebhookReply.R404(notFound()));
    }

    @Override
    public UpdateWebhookReply updateWebhook(Caller caller, UpdateWebhookCall call) {
        WebhookUpdates.Result result =
                database.write(tx -> updates.update(tx, caller, call.webhookId(), call.body(), call.ifMatch()));
        // What waited while it was disabled is due.
        wake.run();
        return switch (result) {
            case WebhookUpdates.Result.Done(Webhook webhook) ->
                new UpdateWebhookReply.R200(webhook, ETags.of(webhook.version()));
            case WebhookUpdates.Result.Broken(List<FieldError> errors) ->
                new UpdateWebhookReply.R422(Refusal.invalid(errors));
            case WebhookUpdates.Result.NotFound _ -> new UpdateWebhookReply.R404(notFound());
            case WebhookUpdates.Result.Stale(Refusal refusal) -> new UpdateWebhookReply.R412(refusal);
        };
    }

    @Override
    public DeleteWebhookReply deleteWebhook(Caller caller, DeleteWebhookCall call) {
        return database.write(tx -> delete(tx, caller, call));
    }

    private DeleteWebhookReply delete(Handle tx, Caller caller, DeleteWebhookCall call) {
        UUID id = call.webhookId();
        Webhook webhook = store.findToChange(tx, caller, id).orElse(null);
        if (webhook == null) {
            return new DeleteWebhookReply.R404(notFound());
        }
        Optional<Refusal> stale = ETags.refusal(call.ifMatch(), webhook.version());
        if (stale.isPresent()) {
            return new DeleteWebhookReply.R412(stale.get());
        }
        store.delete(tx, id);
        audit.append(tx, Origin.of(caller), "deleteWebhook", Audited.webhook(id));
        return new DeleteWebhookReply.R204();
    }

    @Override
    public RollWebhookSecretReply rollWebhookSecret(Caller caller, RollWebhookSecretCall call) {
        Integer seconds = call.body().expiresInSeconds();
        Duration overlap = Duration.ofSeconds(seconds == null ? OVERLAP_SECONDS : seconds);
        return idempotency.once(
                caller,
                only(caller, call.idempotencyKey()),
                tx -> roll(tx, caller, call.webhookId(), overlap),
                RollWebhookSecretReply.Replayed::new);
    }

    private RollWebhookSecretReply roll(Handle tx, Caller caller, UUID id, Duration overlap) {
        Webhook webhook = store.findToChange(tx, caller, id).orElse(null);
        if (webhook == null) {
            return new RollWebhookSecretReply.R404(notFound());
        }
        if (!overlap.isZero() && secrets.countOld(tx, id) >= OLD_SECRETS_MAX) {
            return new RollWebhookSecretReply.R409(Refusal.of(
                    ProblemCode.LIMIT_REACHED,
                    OLD_SECRETS_MAX + " old secrets still sign, which is the most. Wait until one has expired."));
        }
        secrets.expire(tx, id, clock.instant().plus(overlap));
        String secret = secrets.add(tx, id);
        audit.append(tx, Origin.of(caller), "rollWebhookSecret", Audited.webhook(id));
        return new RollWebhookSecretReply.R200(with(webhook, secret), ETags.of(webhook.version()));
    }

    @Override
    public SendTestEventReply sendTestEvent(Caller caller, SendTestEventCall call) {
        return deliveries.sendTestEvent(caller, call);
    }

    @Override
    public ListWebhookDeliveriesReply listWebhookDeliveries(Caller caller, ListWebhookDeliveriesCall call) {
        return deliveries.listWebhookDeliveries(caller, call);
    }

    @Override
    public GetWebhookDeliveryReply getWebhookDelivery(Caller caller, GetWebhookDeliveryCall call) {
        return deliveries.getWebhookDelivery(caller, call);
    }

    @Override
    public RedeliverWebhookReply redeliverWebhook(Caller caller, RedeliverWebhookCall call) {
        return deliveries.redeliverWebhook(caller, call);
    }

    @Override
    public RecoverWebhookReply recoverWebhook(Caller caller, RecoverWebhookCall call) {
        return deliveries.recoverWebhook(caller, call);
    }

    static Refusal notFound() {
        return Refusal.notFound("webhook");
    }
}
