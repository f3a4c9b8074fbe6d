package io.flowapi.apikeys;

import io.flowapi.api.CallerApi;
import io.flowapi.api.model.CallerIdentity;
import io.flowapi.api.model.User;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.ratelimits.RateLimitSettings;
import io.flowapi.users.UserStore;
import org.jdbi.v3.core.Handle;

/** Who is calling. */
public final class CallerResource implements CallerApi {

    private final Database database;
    private final UserStore users;
    private final ApiKeyStore keys;
    private final RateLimitSettings limits;

    public CallerResource(Database database, UserStore users, ApiKeyStore keys, RateLimitSettings limits) {
        this.database = database;
        this.users = users;
        this.keys = keys;
        this.limits = limits;
    }

    @Override
    public GetCallerReply getCaller(Caller caller, GetCallerCall call) {
        return new GetCallerReply.R200(database.read(tx -> identity(tx, caller)));
    }

    /** Both were there when the key was accepted, up to half a second ago. */
    private CallerIdentity identity(Handle tx, Caller caller) {
        User user = users.byId(tx, caller.userId())
                .map(found -> new User(found.id(), found.name()))
                .orElseThrow(AuthenticationGate::invalid);
        return new CallerIdentity(
                user,
                keys.find(tx, caller, caller.apiKeyId())
                        .map(StoredApiKey::shown)
                        .orElseThrow(AuthenticationGate::invalid),
                limits.holding(caller.rateLimits()));
    }
}
