package io.flowapi.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which failures are tried again, and when. A call that may take effect twice is tried again only when it certainly had
 * no effect: it was never sent, or it was refused with 409 or 429.
 */
record RetryPolicy(int retriesMax, Timing timing) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(8);
    private static final double JITTER = 0.25;

    /**
     * The longest that a rate limit asks for. A server that asks for more is not asked again: sooner would be against its word,
     * and a caller cannot wait.
     */
    private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(61);

    private static final Set<Integer> TEMPORARY_BELOW_500 = Set.of(408, 409, 429);
    private static final Set<Integer> WITHOUT_EFFECT = Set.of(409, 429);

    /** How long to wait before the next try; empty when there is none. */
    Optional<Duration> pauseAfter(FlowException failure, int retriesDone, boolean repeatable) {
        if (retriesDone >= retriesMax || !isTemporary(failure) || !(repeatable || hadNoEffect(failure))) {
            return Optional.empty();
        }
        return asked(failure).map(this::obeyed).orElseGet(() -> Optional.of(backoff(retriesDone)));
    }

    private static boolean isTemporary(FlowException failure) {
        if (failure instanceof FlowApiException refused) {
            return refused.retryable() && (refused.status() >= 500 || TEMPORARY_BELOW_500.contains(refused.status()));
        }
        return failure instanceof FlowConnectionException;
    }

    private static boolean hadNoEffect(FlowException failure) {
        return failure instanceof FlowApiException refused
                ? WITHOUT_EFFECT.contains(refused.status())
                : failure instanceof FlowConnectionException broken && broken.isUnsent();
    }

    private static Optional<Duration> asked(FlowException failure) {
        return failure instanceof FlowApiException refused ? refused.retryAfter() : Optional.empty();
    }

    private Optional<Duration> obeyed(Duration asked) {
        return asked.compareTo(RETRY_AFTER_MAX) > 0 ? Optional.empty() : Optional.of(asked);
    }

    /** Jitter only shortens, so that the longest pause is the named one. */
    private Duration backoff(int retriesDone) {
        long doubled = FIRST_PAUSE.toMillis() << retriesDone;
        long millis = Math.min(doubled, PAUSE_MAX.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - JITTER * timing.random())));
    }
}
