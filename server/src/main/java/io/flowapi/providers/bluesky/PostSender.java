package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import io.flowapi.providers.bluesky.SessionCalls.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts a frozen post. */
final class PostSender {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);

    private final BlueskySessions sessions;
    private final SessionCalls calls;

    PostSender(BlueskySessions sessions, SessionCalls calls) {
        this.sessions = sessions;
        this.calls = calls;
    }

    PublishOutcome publish(Sending sending) {
        Credentials credentials = sessions.credentials(sending.channelId()).orElse(null);
        if (credentials == null) {
            return new PublishOutcome.Rejected(NetworkFailures.channelGone());
        }
        PutRecord post = PutRecord.read(sending.request());
        return switch (calls.call(sending.channelId(), putting(post), Deadline.in(TOTAL_MAX))) {
            case Outcome.Answered(NetworkAnswer answer) -> outcome(sending, post, answer);
            case Outcome.NoSession(SessionAnswer.Refused(TargetError error)) -> new PublishOutcome.Rejected(error);
            case Outcome.NoSession(SessionAnswer.Later(TargetError error, Duration retryAfter)) ->
                notSent(sending, error, retryAfter);
        };
    }

    static SessionCalls.Procedure putting(PutRecord post) {
        return new SessionCalls.Procedure("com.atproto.repo.putRecord", post.json());
    }

    private static PublishOutcome outcome(Sending sending, PutRecord post, NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done
            when done.text("uri").equals(post.uri()) ->
                new PublishOutcome.Published(post.uri(), post.url(), done.response());
            case NetworkAnswer.Done done -> new PublishOutcome.Unknown(NetworkFailures.notAnAnswer(done));
            case NetworkAnswer.Unclear unclear -> new PublishOutcome.Unknown(NetworkFailures.unknown(unclear));
            case NetworkAnswer.NotSent notSent -> notSent(sending, NetworkFailures.notSent(notSent), null);
            case NetworkAnswer.Refused refusal -> refused(sending, refusal);
        };
    }

    private static PublishOutcome refused(Sending sending, NetworkAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return notSent(sending, NetworkFailures.rateLimited(refusal), refusal.retryAfter());
        }
        if (XrpcErrors.token(refusal)) {
            return notSent(sending, Failures.sessionRefused(refusal), null);
        }
        return new PublishOutcome.Rejected(
                XrpcErrors.account(refusal) ? Failures.accountGone(refusal) : Failures.postRefused(refusal));
    }

    private static PublishOutcome notSent(Sending sending, TargetError error, @Nullable Duration asked) {
        return new PublishOutcome.NotSent(error, asked == null ? Waits.afterNotSent(sending.attempt()) : asked);
    }
}
