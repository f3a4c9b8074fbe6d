package io.flowapi.apikeys;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Exchange;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out who is calling; wrong keys get one and the same answer, whatever is wrong with them. */
public final class AuthenticationGate implements Gate {

    private static final String SCHEME = "bearer ";

    private final KnownKeys keys;

    public AuthenticationGate(KnownKeys keys) {
        this.keys = keys;
    }

    @Override
    public void admit(Exchange exchange) {
        if (!exchange.operation().authenticated()) {
            return;
        }
        StoredApiKey key = ApiKeyToken.parse(bearer(exchange.input().header("Authorization")))
                .flatMap(keys::identify)
                .orElseThrow(AuthenticationGate::invalid);
        exchange.identify(
                new Caller(key.userId(), key.id(), key.mode(), key.scopes(), key.rateLimits(), exchange.request()));
    }

    static RefusedException invalid() {
        return refused(
                ProblemCode.INVALID_API_KEY, "The API key is unknown, expired or revoked.", "error=\"invalid_token\"");
    }

    private static String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw refused(ProblemCode.MISSING_API_KEY, "Send the API key as Authorization: Bearer flow_...", "");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private static RefusedException refused(ProblemCode code, String detail, String challenge) {
        return new RefusedException(Refusal.of(code, detail).with("WWW-Authenticate", ("Bearer " + challenge).strip()));
    }
}
