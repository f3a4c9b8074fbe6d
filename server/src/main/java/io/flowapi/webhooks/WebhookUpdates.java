package io.flowapi.webhooks;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.UpdateWebhookRequest;
import io.flowapi.api.model.Webhook;
import io.flowapi.api.model.WebhookDisabledReason;
import io.flowapi.api.model.WebhookStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.ETags;
import io.flowapi.platform.http.MergePatch;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.TagFreeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Changes webhooks, and turns them off and on. */
final class WebhookUpdates {

    private static final UpdateWebhookRequest NOTHING = new UpdateWebhookRequest(null, null, null, null, null);

    private final WebhookStore store;
    private final WebhookRules rules;
    private final AuditLog audit;

    WebhookUpdates(WebhookStore store, WebhookRules rules, AuditLog audit) {
        this.store = store;
        this.rules = rules;
        this.audit = audit;
    }

    /** What came of a request to change a webhook. */
    sealed interface Result {
        record Done(Webhook webhook) implements Result {}

        record Broken(List<FieldError> errors) implements Result {}

        record NotFound() implements Result {}

        /** The caller has seen another version. */
        record Stale(Refusal refusal) implements Result {}
    }

    Result update(Handle tx, Caller caller, UUID id, MergePatch<UpdateWebhookRequest> patch, @Nullable String ifMatch) {
        UpdateWebhookRequest wanted = patch.appliedTo(NOTHING);
        List<FieldError> errors =
                rules.broken(wanted.url(), wanted.events(), tagFree(wanted.description()), wanted.headers());
        if (!errors.isEmpty()) {
            return new Result.Broken(errors);
        }
        Webhook webhook = store.findToChange(tx, caller, id).orElse(null);
        if (webhook == null) {
            return new Result.NotFound();
        }
        Optional<Refusal> stale = ETags.refusal(ifMatch, webhook.version());
        return stale.isPresent() ? new Result.Stale(stale.get()) : change(tx, caller, webhook, patch);
    }

    private Result change(Handle tx, Caller caller, Webhook webhook, MergePatch<UpdateWebhookRequest> patch) {
        UUID id = webhook.id();
        UpdateWebhookRequest merged = patch.appliedTo(new UpdateWebhookRequest(
                webhook.url(), webhook.events(), webhook.description(), store.headers(tx, id), webhook.status()));
        Map<String, String> headers = merged.headers() == null ? Map.of() : merged.headers();
        List<FieldError> errors = new ArrayList<>(rules.broken(null, null, null, headers));
        errors.addAll(WebhookRules.tooMany(headers));
        if (!errors.isEmpty()) {
            return new Result.Broken(errors);
        }
        TagFreeText description = patch.fields().contains("description") || webhook.description() == null
                ? tagFree(merged.description())
                : new TagFreeText(webhook.description(), webhook.warnings());
        store.change(tx, id, new WebhookStore.Settings(merged.url(), merged.events(), description, headers));
        if (merged.status() == WebhookStatus.DISABLED) {
            store.disable(tx, id, WebhookDisabledReason.OWNER);
        } else {
            store.enable(tx, id);
        }
        audit.append(tx, Origin.of(caller), "updateWebhook", Audited.webhook(id), Map.of("fields", patch.fields()));
        return new Result.Done(store.find(tx, caller, id).orElseThrow());
    }

    static @Nullable TagFreeText tagFree(@Nullable String description) {
        return description == null ? null : TagFreeText.of(description, "#/description");
    }
}
