package io.flowapi.apikeys;

import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.ApiKeysApi.CreateApiKeyReply;
import io.flowapi.api.ApiKeysApi.DeleteApiKeyReply;
import io.flowapi.api.ApiKeysApi.GetApiKeyReply;
import io.flowapi.api.ApiKeysApi.ListApiKeysReply;
import io.flowapi.api.model.ApiKey;
import io.flowapi.api.model.ApiKeyPage;
import io.flowapi.api.model.CreateApiKeyRequest;
import io.flowapi.api.model.CreatedApiKey;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.idempotency.Idempotency;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Page;
import io.flowapi.platform.http.Paging;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.ratelimits.KeyLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The API-key operations. */
public final class ApiKeysResource implements ApiKeysApi {

    private final Database database;
    private final ApiKeyStore store;
    private final KnownKeys known;
    private final AuditLog audit;
    private final Idempotency idempotency;
    private final Paging paging;
    private final ApiKeyRules rules;

    public ApiKeysResource(
            Database database,
            ApiKeyStore store,
            KnownKeys known,
            AuditLog audit,
            Idempotency idempotency,
            Paging paging,
            ApiKeyRules rules) {
        this.database = database;
        this.store = store;
        this.known = known;
        this.audit = audit;
        this.idempotency = idempotency;
        this.paging = paging;
        this.rules = rules;
    }

    @Override
    public CreateApiKeyReply createApiKey(Caller caller, CreateApiKeyCall call) {
        return idempotency.once(
                caller,
                only(caller, call.idempotencyKey()),
                tx -> create(tx, caller, TagFreeText.ofName(call.body().name()), call.body()),
                CreateApiKeyReply.Replayed::new);
    }

    /** The answer holds a secret: a key that may do less must not get it by repeating the request of one that may more. */
    private static @Nullable IdempotencyKey only(Caller caller, @Nullable IdempotencyKey key) {
        return key == null
                ? null
                : new IdempotencyKey(
                        key.value(),
                        key.fingerprint() + " " + new TreeSet<>(caller.scopes()) + " "
                                + KeyLimits.text(caller.rateLimits()));
    }

    private CreateApiKeyReply create(Handle tx, Caller caller, TagFreeText name, CreateApiKeyRequest wanted) {
        List<FieldError> errors = rules.broken(caller, name, wanted);
        if (!errors.isEmpty()) {
            return new CreateApiKeyReply.R422(Refusal.invalid(errors));
        }
        NewApiKey made = store.create(
                tx,
                caller.userId(),
                name,
                caller.mode(),
                ApiKeyRules.scopes(caller, wanted),
                wanted.expiresAt(),
                KeyLimits.given(wanted.rateLimits(), caller.rateLimits()));
        audit.append(
                tx, Origin.of(caller), "createApiKey", Audited.apiKey(made.key().id()));
        return new CreateApiKeyReply.R201(
                created(made), "/v1/api-keys/" + made.key().id());
    }

    @Override
    public ListApiKeysReply listApiKeys(Caller caller, ListApiKeysCall call) {
        Page<ApiKey> page = paging.page(
                        caller,
                        "api-keys",
                        call.cursor(),
                        call.limit(),
                        (after, limit) -> database.read(tx -> store.list(tx, caller, after, limit)),
                        key -> new Position(key.createdAt(), key.id()))
                .map(StoredApiKey::shown);
        return new ListApiKeysReply.R200(new ApiKeyPage(page.data(), page.hasMore(), page.nextCursor()));
    }

    @Override
    public GetApiKeyReply getApiKey(Caller caller, GetApiKeyCall call) {
        return database.read(tx -> store.find(tx, caller, call.apiKeyId()))
                .<GetApiKeyReply>map(key -> new GetApiKeyReply.R200(key.shown()))
                .orElseGet(() -> new GetApiKeyReply.R404(Refusal.notFound("API key")));
    }

    @Override
    public DeleteApiKeyReply deleteApiKey(Caller caller, DeleteApiKeyCall call) {
        if (!database.write(tx -> delete(tx, caller, call.apiKeyId()))) {
            return new DeleteApiKeyReply.R404(Refusal.notFound("API key"));
        }
        known.forget(call.apiKeyId());
        return new DeleteApiKeyReply.R204();
    }

    private boolean delete(Handle tx, Caller caller, UUID id) {
        boolean deleted = store.delete(tx, caller, id);
        if (deleted) {
            audit.append(tx, Origin.of(caller), "deleteApiKey", Audited.apiKey(id));
        }
        return deleted;
    }

    @Override
    public RollApiKeyReply rollApiKey(Caller caller, RollApiKeyCall call) {
        Integer overlap = call.body().overlapSeconds();
        RollApiKeyReply reply = idempotency.once(
                caller,
                only(caller, call.idempotencyKey()),
                tx -> roll(tx, caller, call.apiKeyId(), Duration.ofSeconds(overlap == null ? 0 : overlap)),
                RollApiKeyReply.Replayed::new);
        known.forget(call.apiKeyId());
        return reply;
    }

    private RollApiKeyReply roll(Handle tx, Caller caller, UUID id, Duration overlap) {
        StoredApiKey old = store.findAndLock(tx, caller, id).orElse(null);
        if (old == null) {
            return new RollApiKeyReply.R404(Refusal.notFound("API key"));
        }
        Instant now = rules.now();
        List<FieldError> errors = rules.notHeld(caller, old);
        if (!errors.isEmpty()) {
            return new RollApiKeyReply.R422(Refusal.invalid(errors));
        }
        if (old.expiredAt(now)) {
            return new RollApiKeyReply.R409(
                    Refusal.of(ProblemCode.API_KEY_EXPIRED, "The key has expired; create a new one."));
        }
        // Nothing was removed from this request: the name has been without tags before.
        TagFreeText name = new TagFreeText(old.name(), List.of());
        NewApiKey made =
                store.create(tx, caller.userId(), name, old.mode(), old.scopes(), old.expiresAt(), old.rateLimits());
        store.expireBy(tx, id, now.plus(overlap));
        Map<String, UUID> by = Map.of("newApiKeyId", made.key().id());
        audit.append(tx, Origin.of(caller), "rollApiKey", Audited.apiKey(id), by);
        return new RollApiKeyReply.R201(
                created(made), "/v1/api-keys/" + made.key().id());
    }

    private static CreatedApiKey created(NewApiKey made) {
        StoredApiKey key = made.key();
        return new CreatedApiKey(
                key.id(),
                key.name(),
                key.prefix(),
                key.mode(),
                List.copyOf(key.scopes()),
                key.warnings(),
                key.createdAt(),
                key.expiresAt(),
                null,
                key.limits(),
                made.secret());
    }
}
