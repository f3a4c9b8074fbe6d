package io.flowapi.apikeys;

import io.flowapi.api.model.CreateApiKeyRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.RateLimits;
import io.flowapi.api.model.Scope;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.ratelimits.KeyLimits;
import io.flowapi.ratelimits.RateLimitSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a key must be like, and that nobody gives what they do not have. */
public record ApiKeyRules(RateLimitSettings limits, InstantSource clock) {

    Instant now() {
        return clock.instant();
    }

    static Collection<Scope> scopes(Caller caller, CreateApiKeyRequest wanted) {
        return wanted.scopes() == null ? caller.scopes() : wanted.scopes();
    }

    List<FieldError> broken(Caller caller, TagFreeText name, CreateApiKeyRequest wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (name.text().isBlank()) {
            errors.add(Fields.body("/name", "required", "The name is blank."));
        }
        errors.addAll(notHeld(caller, List.copyOf(scopes(caller, wanted)), "/scopes"));
        RateLimits given = KeyLimits.given(wanted.rateLimits(), caller.rateLimits());
        errors.addAll(limits.notHeld(caller.rateLimits(), given, "/rateLimits"));
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now())) {
            errors.add(Fields.body("/expiresAt", "in_the_past", "A key that has expired already is of no use."));
        }
        return errors;
    }

    /** What this key has and the caller has not. */
    List<FieldError> notHeld(Caller caller, StoredApiKey key) {
        List<FieldError> errors = notHeld(caller, List.copyOf(key.scopes()), "");
        errors.addAll(limits.notHeld(caller.rateLimits(), key.rateLimits(), ""));
        return errors;
    }

    /** @param pointer of the scopes in the body; empty where they are not in it */
    private static List<FieldError> notHeld(Caller caller, List<Scope> scopes, String pointer) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < scopes.size(); i++) {
            if (!caller.scopes().contains(scopes.get(i))) {
                errors.add(Fields.body(
                        pointer.isEmpty() ? "" : pointer + "/" + i,
                        "scope_not_held",
                        "A key cannot give what it does not have: "
                                + scopes.get(i).value() + "."));
            }
        }
        return errors;
    }
}
