package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.ProviderResponse;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.providers.bluesky.SessionCalls.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts a frozen post. */
final class PostSender {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;
    private static final int OK = 200;

    private final BlueskySessions sessions;
    private final SessionCalls calls;

    PostSender(BlueskySessions sessions, SessionCalls calls) {
        this.sessions = sessions;
        this.calls = calls;
    }

    PublishOutcome publish(Sending sending) {
        Credentials credentials = sessions.credentials(sending.channelId()).orElse(null);
        if (credentials == null) {
            return new PublishOutcome.Rejected(Failures.channelGone());
        }
        PutRecord post = PutRecord.read(sending.request());
        var request = new SessionCalls.Request(sending.channelId(), "com.atproto.repo.putRecord", post.json());
        return switch (calls.call(request, Deadline.in(TOTAL_MAX))) {
            case Outcome.Answered(XrpcAnswer answer) -> outcome(sending, post, answer);
            case Outcome.NoSession(SessionAnswer.Refused(TargetError error)) -> new PublishOutcome.Rejected(error);
            case Outcome.NoSession(SessionAnswer.Later(TargetError error, Duration retryAfter)) ->
                notSent(sending, error, retryAfter);
        };
    }

    private static PublishOutcome outcome(Sending sending, PutRecord post, XrpcAnswer answer) {
        return switch (answer) {
            case XrpcAnswer.Done done
            when done.text("uri").equals(post.uri()) ->
                new PublishOutcome.Published(post.uri(), post.url(), new ProviderResponse(OK, done.redacted()));
            case XrpcAnswer.Done done -> new PublishOutcome.Unknown(Failures.notAnAnswer(done));
            case XrpcAnswer.Unclear unclear -> new PublishOutcome.Unknown(Failures.unknown(unclear));
            case XrpcAnswer.NotSent notSent -> notSent(sending, Failures.notSent(notSent), null);
            case XrpcAnswer.Refused refusal -> refused(sending, refusal);
        };
    }

    private static PublishOutcome refused(Sending sending, XrpcAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return notSent(sending, Failures.rateLimited(refusal), refusal.retryAfter());
        }
        if (refusal.becauseOfToken()) {
            return notSent(sending, Failures.sessionRefused(refusal), null);
        }
        return new PublishOutcome.Rejected(
                refusal.becauseOfAccount() ? Failures.accountGone(refusal) : Failures.postRefused(refusal));
    }

    private static PublishOutcome notSent(Sending sending, TargetError error, @Nullable Duration asked) {
        return new PublishOutcome.NotSent(error, asked == null ? backOff(sending.attempt()) : asked);
    }

    private static Duration backOff(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempt, DOUBLINGS_MAX));
        return doubled.compareTo(WAIT_MAX) < 0 ? doubled : WAIT_MAX;
    }
}
