package io.flowapi.ratelimits;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Exchange;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.RefusedException;
import java.util.List;

/** Refuses what is over the limits of a key, and tells every caller where the limits stand. */
public final class RateLimitGate implements Gate {

    private final RateLimiter limiter;
    private final RateLimitSettings settings;

    public RateLimitGate(RateLimiter limiter, RateLimitSettings settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    @Override
    public void admit(Exchange exchange) {
        Caller caller = exchange.caller();
        if (caller == null) {
            return;
        }
        List<Quota> quotas = settings.quotas(exchange.operation().rateLimit(), caller.rateLimits());
        if (quotas.isEmpty()) {
            return;
        }
        Ruling ruling = limiter.admit("key:" + caller.apiKeyId(), quotas);
        exchange.answerHeader("RateLimit-Policy", ruling.policy());
        exchange.answerHeader("RateLimit", ruling.state());
        if (!ruling.admitted()) {
            throw refused(
                    "The key has made the " + ruling.full() + " requests that it may make in 60 seconds.", ruling);
        }
    }

    static RefusedException refused(String detail, Ruling ruling) {
        return new RefusedException(
                Refusal.of(ProblemCode.RATE_LIMITED, detail).with("Retry-After", Long.toString(ruling.retryAfter())));
    }
}
