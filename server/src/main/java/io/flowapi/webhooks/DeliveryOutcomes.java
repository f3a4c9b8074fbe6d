package io.flowapi.webhooks;

import io.flowapi.api.model.WebhookDisabledReason;
import io.flowapi.platform.db.Database;
import io.flowapi.webhooks.AttemptResult.Failure;
import io.flowapi.webhooks.DueDeliveryStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes what an attempt came to, and what follows from it for the delivery and its webhook, in one transaction. */
final class DeliveryOutcomes {

    /** A webhook that has failed for so long without a success is disabled. */
    static final Duration FAILING_MAX = Duration.ofDays(5);

    private final Database database;
    private final DueDeliveryStore deliveries;
    private final WebhookStore webhooks;
    private final DeliverySchedule schedule;
    private final InstantSource clock;
    private final WebhookMeters meters;

    DeliveryOutcomes(
            Database database,
            DueDeliveryStore deliveries,
            WebhookStore webhooks,
            DeliverySchedule schedule,
            InstantSource clock,
            WebhookMeters meters) {
        this.database = database;
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.schedule = schedule;
        this.clock = clock;
        this.meters = meters;
    }

    /** @param url where it was tried: the webhook is judged by its own URL only, which may be another by now */
    void settle(Claimed claimed, AttemptResult result, String url) {
        settle(claimed, result, Optional.of(url));
    }

    /** A fault of ours is an attempt that failed: it comes again by the schedule, and says nothing of the webhook. */
    void settleFault(Claimed claimed, Instant startedAt) {
        settle(
                claimed,
                new AttemptResult(startedAt, Duration.ZERO, null, null, Failure.BROKEN, null),
                Optional.empty());
    }

    private void settle(Claimed claimed, AttemptResult result, Optional<String> url) {
        Optional<Duration> wait = result.delivered() ? Optional.empty() : schedule.after(claimed.round() + 1, result);
        boolean written = database.write(tx -> settle(tx, claimed, result, url, wait));
        if (written) {
            meters.attempted(result, wait.isPresent());
        }
    }

    /** The webhook first, then the delivery: in the order in which a deletion takes them. */
    private boolean settle(
            Handle tx, Claimed claimed, AttemptResult result, Optional<String> url, Optional<Duration> wait) {
        Instant now = clock.instant();
        UUID webhook = claimed.webhook();
        Optional<Instant> failingSince = Optional.empty();
        if (result.delivered()) {
            url.ifPresent(tried -> deliveries.works(tx, webhook, tried));
        } else {
            failingSince = url.flatMap(tried -> deliveries.fails(tx, webhook, tried, result.startedAt()));
        }
        boolean held =
                deliveries.attempted(tx, claimed, result, wait.map(now::plus).orElse(null), now);
        if (held) {
            failingSince.ifPresent(since -> disableIfOver(tx, webhook, result, Duration.between(since, now)));
        }
        return held;
    }

    private void disableIfOver(Handle tx, UUID webhook, AttemptResult result, Duration failing) {
        if (result.gone()) {
            webhooks.disable(tx, webhook, WebhookDisabledReason.GONE);
        } else if (failing.compareTo(FAILING_MAX) >= 0) {
            webhooks.disable(tx, webhook, WebhookDisabledReason.FAILING);
        }
    }

    /** Gives back what was broken off before it could come to anything. */
    void release(Claimed claimed) {
        database.write(tx -> {
            deliveries.release(tx, claimed.id());
            return null;
        });
    }

    /** Ends what cannot be sent any more, because its event is not there. */
    void abandon(Claimed claimed) {
        database.write(tx -> {
            deliveries.abandon(tx, claimed.id(), clock.instant());
            return null;
        });
    }
}
