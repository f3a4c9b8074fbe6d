package io.flowapi.providers.x;

import io.flowapi.api.model.TargetError;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.oauth.TokenAnswer;
import io.flowapi.providers.oauth.TokenSessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls in the name of a channel's account: once, and once more with a new token when X does not take the one before. */
final class AccountCalls {

    private final TokenSessions sessions;
    private final NetworkCalls calls;

    AccountCalls(TokenSessions sessions, OutgoingHttp http, InstantSource clock) {
        this.sessions = sessions;
        this.calls = new NetworkCalls(http, clock, new XDialect());
    }

    /** What came of a call. */
    sealed interface Outcome {

        record Answered(NetworkAnswer answer) implements Outcome {}

        /**
         * There is no token to call with: nothing was sent.
         *
         * @param retryAfter null when it is ours to choose
         */
        record NoToken(TargetError error, @Nullable Duration retryAfter, boolean untilSomebodyActs)
                implements Outcome {}
    }

    /** @param heard is told of each answer, for its headers */
    Outcome call(UUID channel, ProviderRequest request, Consumer<OutgoingOutcome.Answered> heard, Deadline deadline) {
        return switch (sessions.current(channel, deadline)) {
            case TokenAnswer.Ready ready -> {
                NetworkAnswer answer = send(request, ready, heard, deadline);
                yield answer instanceof NetworkAnswer.Refused refusal && refusal.status() == Failures.UNAUTHORIZED
                        ? again(channel, request, ready.accessToken(), heard, deadline)
                        : new Outcome.Answered(answer);
            }
            case TokenAnswer.Missing missing -> noToken(missing);
        };
    }

    private Outcome again(
            UUID channel,
            ProviderRequest request,
            String refused,
            Consumer<OutgoingOutcome.Answered> heard,
            Deadline deadline) {
        return switch (sessions.renewed(channel, refused, deadline)) {
            case TokenAnswer.Ready ready -> new Outcome.Answered(send(request, ready, heard, deadline));
            case TokenAnswer.Missing missing -> noToken(missing);
        };
    }

    private static Outcome noToken(TokenAnswer.Missing missing) {
        return switch (missing) {
            case TokenAnswer.Refused(TargetError error) -> new Outcome.NoToken(error, null, true);
            case TokenAnswer.Later(TargetError error, Duration retryAfter) ->
                new Outcome.NoToken(error, retryAfter, false);
        };
    }

    private NetworkAnswer send(
            ProviderRequest request,
            TokenAnswer.Ready token,
            Consumer<OutgoingOutcome.Answered> heard,
            Deadline deadline) {
        return calls.send(new NetworkCalls.Call(request, token.accessToken(), heard), deadline);
    }
}
