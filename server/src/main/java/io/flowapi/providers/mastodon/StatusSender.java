package io.flowapi.providers.mastodon;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import io.flowapi.providers.mastodon.Timeline.Look;
import io.flowapi.providers.mastodon.Timeline.Shown;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a frozen status. Where one of before may have been taken it is looked for first: an instance notes the key only
 * after it has stored the status, and forgets it after an hour.
 */
final class StatusSender {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);

    private final MastodonApi api;
    private final Timeline timeline;
    private final ChannelQuotas quotas;

    StatusSender(MastodonApi api, Timeline timeline, ChannelQuotas quotas) {
        this.api = api;
        this.timeline = timeline;
        this.quotas = quotas;
    }

    PublishOutcome publish(Credentials credentials, Sending sending) {
        FrozenStatus status = FrozenStatus.read(sending.request());
        Deadline deadline = Deadline.in(TOTAL_MAX);
        Look look = sending.mayBeThere() ? timeline.find(credentials, status, deadline) : new Look.Missing();
        return switch (look) {
            case Look.Found(Shown shown) -> new PublishOutcome.Published(shown.id(), shown.url(), null);
            case Look.Failed failed -> notLooked(failed, sending.attempt());
            case Look.Missing _ -> outcome(sending, post(credentials, sending, status, deadline));
        };
    }

    private NetworkAnswer post(Credentials credentials, Sending sending, FrozenStatus status, Deadline deadline) {
        return api.post(credentials, status, answer -> quotas.heard(sending.channelId(), answer), deadline);
    }

    /** Nothing was sent. */
    static PublishOutcome notLooked(Look.Failed failed, int attempt) {
        return failed.untilSomebodyActs()
                ? new PublishOutcome.Rejected(failed.error())
                : notSent(attempt, failed.error(), failed.retryAfter());
    }

    private static PublishOutcome outcome(Sending sending, NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done -> {
                Optional<Shown> shown = Shown.of(done.body());
                yield shown.isPresent()
                        ? new PublishOutcome.Published(
                                shown.get().id(), shown.get().url(), done.response())
                        : new PublishOutcome.Unknown(NetworkFailures.notAnAnswer(done));
            }
            case NetworkAnswer.Unclear unclear -> new PublishOutcome.Unknown(NetworkFailures.unknown(unclear));
            case NetworkAnswer.NotSent notSent -> notSent(sending.attempt(), NetworkFailures.notSent(notSent), null);
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() ->
                notSent(sending.attempt(), NetworkFailures.rateLimited(refusal), refusal.retryAfter());
            case NetworkAnswer.Refused refusal -> new PublishOutcome.Rejected(Failures.statusRefused(refusal));
        };
    }

    private static PublishOutcome notSent(int attempt, TargetError error, @Nullable Duration asked) {
        return new PublishOutcome.NotSent(error, asked == null ? Waits.afterNotSent(attempt) : asked);
    }
}
