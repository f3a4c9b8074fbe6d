package io.flowapi.ratelimits;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decides in memory, one subject at a time, and writes down what it accepts before anybody is answered. */
final class InMemoryRateLimiter implements RateLimiter {

    private final AcceptedLog log;
    private final InstantSource clock;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    InMemoryRateLimiter(AcceptedLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        log.forEach((subject, counted, stamp) ->
                accounts.merge(subject, Account.EMPTY.plus(counted, stamp), (known, _) -> known.plus(counted, stamp)));
        forgetTheIdle(clock.millis());
    }

    @Override
    public Ruling admit(String subject, List<Quota> quotas) {
        // The clock is read inside, so that the times of a subject are in order.
        Account account = accounts.compute(
                subject, (_, known) -> (known == null ? Account.EMPTY : known).next(quotas, clock.millis()));
        if (account.admitted() && log.append(account.at(), subject, quotas)) {
            forgetTheIdle(account.at());
        }
        return account.ruling(quotas);
    }

    private void forgetTheIdle(long now) {
        for (String subject : accounts.keySet()) {
            accounts.computeIfPresent(subject, (_, known) -> known.isIdle(now) ? null : known);
        }
    }

    /** How many subjects are remembered. */
    int subjects() {
        return accounts.size();
    }

    @Override
    public void close() {
        log.close();
    }
}
