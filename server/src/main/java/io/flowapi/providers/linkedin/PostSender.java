package io.flowapi.providers.linkedin;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import io.flowapi.providers.oauth.TokenAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a frozen post, and reads the answer for what it proves. */
final class PostSender {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);
    private static final String ID = "x-restli-id";

    private static final Duration LIMITED_MIN = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 6;

    private final TokenCalls calls;
    private final LinkedInApi api;
    private final ChannelQuotas quotas;
    private final InstantSource clock;

    PostSender(TokenCalls calls, LinkedInApi api, ChannelQuotas quotas, InstantSource clock) {
        this.calls = calls;
        this.api = api;
        this.quotas = quotas;
        this.clock = clock;
    }

    PublishOutcome publish(Sending sending) {
        return Repetition.instead(sending, clock.instant()).orElseGet(() -> send(sending));
    }

    private PublishOutcome send(Sending sending) {
        Deadline deadline = Deadline.in(TOTAL_MAX);
        TokenCalls.Outcome outcome = calls.call(
                sending.channelId(),
                deadline,
                token -> api.create(
                        token, sending.request(), answer -> quotas.heard(sending.channelId(), answer), deadline));
        return switch (outcome) {
            case TokenCalls.Outcome.Answered(NetworkAnswer answer) -> outcome(sending, answer);
            case TokenCalls.Outcome.NoToken(TokenAnswer.Refused(TargetError error)) ->
                Repetition.refused(sending, error);
            case TokenCalls.Outcome.NoToken(TokenAnswer.Later(TargetError error, Duration asked)) ->
                notSent(sending, error, asked);
        };
    }

    private PublishOutcome outcome(Sending sending, NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done -> {
                Optional<Urn> urn = done.answer().header(ID).flatMap(Urn::of);
                yield urn.isPresent()
                        ? new PublishOutcome.Published(
                                urn.get().text(), urn.get().url(), done.response())
                        : new PublishOutcome.Unknown(NetworkFailures.notAnAnswer(done));
            }
            case NetworkAnswer.Unclear unclear -> new PublishOutcome.Unknown(NetworkFailures.unknown(unclear));
            case NetworkAnswer.NotSent notSent -> notSent(sending, NetworkFailures.notSent(notSent), null);
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() ->
                notSent(sending, NetworkFailures.rateLimited(refusal), untilAllowed(sending, refusal.retryAfter()));
            case NetworkAnswer.Refused refusal when Failures.saysDuplicate(refusal) -> duplicate(sending, refusal);
            case NetworkAnswer.Refused refusal -> Repetition.refused(sending, Failures.postRefused(refusal));
        };
    }

    private static PublishOutcome duplicate(Sending sending, NetworkAnswer.Refused refusal) {
        Urn urn = Urn.in(refusal.message()).orElse(null);
        PublishOutcome.Published named =
                urn == null ? null : new PublishOutcome.Published(urn.text(), urn.url(), Failures.answer(refusal));
        Instant madeAt = urn == null ? null : urn.madeAt();
        return Repetition.duplicate(sending, named, madeAt, Failures.duplicate(refusal));
    }

    /** LinkedIn does not say when; its days end at midnight UTC, and some limits earlier. Twice as long each time. */
    private Duration untilAllowed(Sending sending, Duration told) {
        Duration doubled = LIMITED_MIN.multipliedBy(1L << Math.min(sending.attempt() - 1, DOUBLINGS_MAX));
        Instant now = clock.instant();
        Instant midnight = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Duration ours = now.plus(doubled).isBefore(midnight) ? doubled : Duration.between(now, midnight);
        return told.compareTo(ours) > 0 ? told : ours;
    }

    private static PublishOutcome notSent(Sending sending, TargetError error, @Nullable Duration asked) {
        return new PublishOutcome.NotSent(error, asked == null ? Waits.afterNotSent(sending.attempt()) : asked);
    }
}
