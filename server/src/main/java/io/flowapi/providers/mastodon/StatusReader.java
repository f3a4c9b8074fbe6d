package io.flowapi.providers.mastodon;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import io.flowapi.providers.mastodon.Timeline.Look;
import io.flowapi.providers.mastodon.Timeline.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a status is there. That it is not shown proves nothing while its request can still be at work:
 * two requests at work at once can make two statuses, their common key notwithstanding.
 */
final class StatusReader {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);

    /** Instances and what stands before them give a request up after a minute at most. */
    private static final Duration AT_WORK_MAX = Duration.ofMinutes(2);

    /** An instance keeps the key for an hour, from when it stored the status; five minutes are for its clock. */
    private static final Duration KEY_HOLDS = Duration.ofMinutes(55);

    /** Without the key: by then nothing on the way has any patience left. */
    private static final Duration ON_ITS_WAY_MAX = Duration.ofHours(1);

    private final Timeline timeline;
    private final InstantSource clock;

    StatusReader(Timeline timeline, InstantSource clock) {
        this.timeline = timeline;
        this.clock = clock;
    }

    Resolution resolve(Credentials credentials, Sending sending) {
        FrozenStatus status = FrozenStatus.read(sending.request());
        Instant askedAt = clock.instant();
        return switch (timeline.find(credentials, status, Deadline.in(TOTAL_MAX))) {
            case Look.Found(Shown(String id, String url, Instant createdAt)) ->
                new Resolution.Found(id, url, createdAt == null ? clock.instant() : createdAt);
            case Look.Failed(TargetError error, Duration retryAfter, boolean _) ->
                undecided(sending, error, retryAfter);
            case Look.Missing _ -> missing(sending, status, askedAt);
        };
    }

    /** The key lets the same be sent again early; once it may be forgotten, only time proves that nothing comes any more. */
    private Resolution missing(Sending sending, FrozenStatus status, Instant askedAt) {
        boolean keyHolds = askedAt.isBefore(status.preparedAt().plus(KEY_HOLDS));
        Instant safe = sending.startedAt().plus(keyHolds ? AT_WORK_MAX : ON_ITS_WAY_MAX);
        return askedAt.isBefore(safe)
                ? new Resolution.Undecided(Failures.notThereYet(), Duration.between(askedAt, safe))
                : new Resolution.Absent(Waits.afterAbsence(sending.attempt()));
    }

    Resolution undecided(Sending sending, TargetError looking, @Nullable Duration asked) {
        Duration wait = asked == null ? Waits.beforeLookingAgain(sending.startedAt(), clock.instant()) : asked;
        return new Resolution.Undecided(NetworkFailures.unresolved(looking), wait);
    }
}
