package io.flowapi.webhooks;

import io.flowapi.api.WebhooksApi.GetWebhookDeliveryCall;
import io.flowapi.api.WebhooksApi.GetWebhookDeliveryReply;
import io.flowapi.api.WebhooksApi.ListWebhookDeliveriesCall;
import io.flowapi.api.WebhooksApi.ListWebhookDeliveriesReply;
import io.flowapi.api.WebhooksApi.RecoverWebhookCall;
import io.flowapi.api.WebhooksApi.RecoverWebhookReply;
import io.flowapi.api.WebhooksApi.RedeliverWebhookCall;
import io.flowapi.api.WebhooksApi.RedeliverWebhookReply;
import io.flowapi.api.WebhooksApi.SendTestEventCall;
import io.flowapi.api.WebhooksApi.SendTestEventReply;
import io.flowapi.api.model.Delivery;
import io.flowapi.api.model.DeliveryKind;
import io.flowapi.api.model.DeliveryPage;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.RecoverWebhookRequest;
import io.flowapi.api.model.Webhook;
import io.flowapi.api.model.WebhookRecovery;
import io.flowapi.api.model.WebhookStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The operations on what is sent to a webhook; {@link WebhooksResource} has them by the names of the document. */
final class DeliveriesResource {

    /** Few enough that nobody who writes waits for long. */
    private static final int RECOVERED_AT_ONCE = 2000;

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final RecoveryStore recovery;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Paging paging;
    private final InstantSource clock;
    private final Runnable wake;

    DeliveriesResource(
            Database database,
            WebhooksResource.Webhooks webhooks,
            AuditLog audit,
            Idempotency idempotency,
            Paging paging) {
        this.database = database;
        this.webhooks = webhooks.store();
        this.deliveries = new DeliveryStore(webhooks.ids(), webhooks.clock());
        this.recovery = new RecoveryStore(webhooks.ids(), webhooks.clock());
        this.audit = audit;
        this.idempotency = idempotency;
        this.paging = paging;
        this.clock = webhooks.clock();
        this.wake = webhooks.wake();
    }

    SendTestEventReply sendTestEvent(Caller caller, SendTestEventCall call) {
        SendTestEventReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> test(tx, caller, call.webhookId()),
                SendTestEventReply.Replayed::new);
        wake.run();
        return reply;
    }

    private SendTestEventReply test(Handle tx, Caller caller, UUID id) {
        Webhook webhook = webhooks.findToChange(tx, caller, id).orElse(null);
        if (webhook == null) {
            return new SendTestEventReply.R404(WebhooksResource.notFound());
        }
        if (webhook.status() == WebhookStatus.DISABLED) {
            return new SendTestEventReply.R409(
                    Refusal.of(ProblemCode.WEBHOOK_DISABLED, "The webhook is disabled; enable it first."));
        }
        Delivery delivery = deliveries.add(tx, id, webhooks.ping(tx, id), EventType.PING, DeliveryKind.TEST);
        audited(tx, caller, "sendTestEvent", Audited.webhook(id), delivery);
        return new SendTestEventReply.R201(delivery, location(delivery));
    }

    private void audited(Handle tx, Caller caller, String action, Audited of, Delivery made) {
        audit.append(tx, Origin.of(caller), action, of, Map.of("deliveryId", made.id()));
    }

    private static String location(Delivery delivery) {
        return "/v1/webhooks/" + delivery.webhookId() + "/deliveries/" + delivery.id();
    }

    ListWebhookDeliveriesReply listWebhookDeliveries(Caller caller, ListWebhookDeliveriesCall call) {
        UUID id = call.webhookId();
        if (database.read(tx -> webhooks.find(tx, caller, id)).isEmpty()) {
            return new ListWebhookDeliveriesReply.R404(WebhooksResource.notFound());
        }
        DeliveryFilter filter = new DeliveryFilter(call.status(), call.eventType(), call.from(), call.to());
        Page<Delivery> page = paging.page(
                caller,
                "deliveries " + id + " " + filter,
                call.cursor(),
                call.limit(),
                (after, limit) -> database.read(tx -> deliveries.list(tx, id, filter, after, limit)),
                delivery -> new Position(delivery.createdAt(), delivery.id()));
        return new ListWebhookDeliveriesReply.R200(new DeliveryPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    GetWebhookDeliveryReply getWebhookDelivery(Caller caller, GetWebhookDeliveryCall call) {
        UUID webhook = call.webhookId();
        return database.read(tx -> webhooks.find(tx, caller, webhook)
                        .flatMap(_ -> deliveries.findWithAttempts(tx, webhook, call.deliveryId())))
                .<GetWebhookDeliveryReply>map(GetWebhookDeliveryReply.R200::new)
                .orElseGet(() -> new GetWebhookDeliveryReply.R404(Refusal.notFound("delivery")));
    }

    RedeliverWebhookReply redeliverWebhook(Caller caller, RedeliverWebhookCall call) {
        RedeliverWebhookReply reply = idempotency.once(
                caller, call.idempotencyKey(), tx -> redeliver(tx, caller, call), RedeliverWebhookReply.Replayed::new);
        wake.run();
        return reply;
    }

    private RedeliverWebhookReply redeliver(Handle tx, Caller caller, RedeliverWebhookCall call) {
        UUID webhook = call.webhookId();
        Delivery again = webhooks.findToChange(tx, caller, webhook)
                .flatMap(_ -> deliveries.find(tx, webhook, call.deliveryId()))
                .orElse(null);
        if (again == null) {
            return new RedeliverWebhookReply.R404(Refusal.notFound("delivery"));
        }
        if (!recovery.isKept(tx, again.eventId())) {
            return new RedeliverWebhookReply.R404(Refusal.notFound("event"));
        }
        Delivery delivery = deliveries.add(tx, webhook, again.eventId(), again.eventType(), DeliveryKind.REDELIVERY);
        audited(tx, caller, "redeliverWebhook", Audited.delivery(again.id()), delivery);
        return new RedeliverWebhookReply.R201(delivery, location(delivery));
    }

    RecoverWebhookReply recoverWebhook(Caller caller, RecoverWebhookCall call) {
        RecoverWebhookReply reply = idempotency.once(
                caller,
                call.idempotencyKey(),
                tx -> recover(tx, caller, call.webhookId(), call.body()),
                RecoverWebhookReply.Replayed::new);
        wake.run();
        return reply;
    }

    private RecoverWebhookReply recover(Handle tx, Caller caller, UUID id, RecoverWebhookRequest wanted) {
        Instant since = wanted.since();
        // What happened in this very millisecond is part of it.
        Instant until = wanted.until() == null ? clock.instant().plusMillis(1) : wanted.until();
        if (wanted.until() != null && !since.isBefore(until)) {
            return new RecoverWebhookReply.R422(
                    Refusal.invalid(List.of(Fields.body("/until", "out_of_range", "until must be after since."))));
        }
        Webhook webhook = webhooks.findToChange(tx, caller, id).orElse(null);
        if (webhook == null) {
            return new RecoverWebhookReply.R404(WebhooksResource.notFound());
        }
        int failed = recovery.restartFailed(tx, id, since, until, RECOVERED_AT_ONCE);
        int missed = recovery.addMissed(tx, caller, webhook, since, until, RECOVERED_AT_ONCE - failed);
        audit.append(tx, Origin.of(caller), "recoverWebhook", Audited.webhook(id));
        int recovered = failed + missed;
        return new RecoverWebhookReply.R200(new WebhookRecovery(recovered, recovered == RECOVERED_AT_ONCE));
    }
}
