package io.flowapi.apikeys;

import io.flowapi.api.model.CreateApiKeyRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Scope;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a key must be like, and that nobody gives what they do not have. */
final class ApiKeyRules {

    private ApiKeyRules() {}

    static Collection<Scope> scopes(Caller caller, CreateApiKeyRequest wanted) {
        return wanted.scopes() == null ? caller.scopes() : wanted.scopes();
    }

    static List<FieldError> broken(Caller caller, CreateApiKeyRequest wanted, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (wanted.name().isBlank()) {
            errors.add(Fields.body("/name", "required", "The name is blank."));
        }
        errors.addAll(notHeld(caller, List.copyOf(scopes(caller, wanted)), "/scopes"));
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(now)) {
            errors.add(Fields.body("/expiresAt", "in_the_past", "A key that has expired already is of no use."));
        }
        return errors;
    }

    /** @param pointer of the scopes in the body; empty where they are not in it */
    static List<FieldError> notHeld(Caller caller, List<Scope> scopes, String pointer) {
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
