package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.Scope;

/** Refuses a key that lacks the operation's scope. */
public final class ScopeGate implements Gate {

    @Override
    public void admit(Exchange exchange) {
        Scope needed = exchange.operation().scope();
        Caller caller = exchange.caller();
        if (needed != null && (caller == null || !caller.scopes().contains(needed))) {
            throw new RefusedException(Refusal.of(
                    ProblemCode.INSUFFICIENT_SCOPE,
                    exchange.operation().id() + " needs a key with the scope " + needed.value() + "."));
        }
    }
}
