package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a frozen post, and once more with a new session when its token has ended. */
final class PostSender {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(30);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);
    private static final int DOUBLINGS_MAX = 10;

    private final BlueskySessions sessions;
    private final Xrpc xrpc;

    PostSender(BlueskySessions sessions, Xrpc xrpc) {
        this.sessions = sessions;
        this.xrpc = xrpc;
    }

    PublishOutcome publish(Sending sending) {
        Credentials credentials = sessions.credentials(sending.channelId()).orElse(null);
        if (credentials == null) {
            return new PublishOutcome.Rejected(Failures.channelGone());
        }
        var chain =
                new Chain(sending, PutRecord.read(sending.request()), credentials.service(), Deadline.in(TOTAL_MAX));
        return switch (sessions.current(sending.channelId(), chain.deadline())) {
            case SessionAnswer.Ready(Session session) -> first(chain, session);
            case SessionAnswer.Refused(TargetError error) -> new PublishOutcome.Rejected(error);
            case SessionAnswer.Later(TargetError error, Duration retryAfter) -> notSent(chain, error, retryAfter);
        };
    }

    private record Chain(Sending sending, PutRecord post, Service service, Deadline deadline) {}

    private PublishOutcome first(Chain chain, Session session) {
        XrpcAnswer answer = put(chain, session);
        if (!(answer instanceof XrpcAnswer.Refused refusal) || !refusal.becauseOfToken()) {
            return outcome(chain, answer);
        }
        return switch (sessions.renewed(chain.sending().channelId(), session, chain.deadline())) {
            case SessionAnswer.Ready(Session renewed) -> outcome(chain, put(chain, renewed));
            case SessionAnswer.Refused(TargetError error) -> new PublishOutcome.Rejected(error);
            case SessionAnswer.Later(TargetError error, Duration retryAfter) -> notSent(chain, error, retryAfter);
        };
    }

    private XrpcAnswer put(Chain chain, Session session) {
        var call = new Xrpc.Call(session.accessJwt(), chain.post().json(), List.of());
        return xrpc.call(chain.service(), "com.atproto.repo.putRecord", call, chain.deadline());
    }

    private static PublishOutcome outcome(Chain chain, XrpcAnswer answer) {
        return switch (answer) {
            case XrpcAnswer.Done done
            when done.text("uri").equals(chain.post().uri()) ->
                new PublishOutcome.Published(chain.post().uri(), chain.post().url());
            case XrpcAnswer.Done done -> new PublishOutcome.Unknown(Failures.notAnAnswer(done));
            case XrpcAnswer.Unclear unclear -> new PublishOutcome.Unknown(Failures.unknown(unclear));
            case XrpcAnswer.NotSent notSent -> notSent(chain, Failures.notSent(notSent), null);
            case XrpcAnswer.Refused refusal -> refused(chain, refusal);
        };
    }

    private static PublishOutcome refused(Chain chain, XrpcAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return notSent(chain, Failures.rateLimited(refusal), refusal.retryAfter());
        }
        if (refusal.becauseOfToken()) {
            return notSent(chain, Failures.sessionRefused(refusal), null);
        }
        return new PublishOutcome.Rejected(
                refusal.becauseOfAccount() ? Failures.accountGone(refusal) : Failures.postRefused(refusal));
    }

    private static PublishOutcome notSent(Chain chain, TargetError error, @Nullable Duration asked) {
        return new PublishOutcome.NotSent(
                error, asked == null ? backOff(chain.sending().attempt()) : asked);
    }

    private static Duration backOff(int attempt) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(attempt, DOUBLINGS_MAX));
        return doubled.compareTo(WAIT_MAX) < 0 ? doubled : WAIT_MAX;
    }
}
