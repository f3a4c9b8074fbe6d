package io.flowapi.providers.linkedin;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.oauth.TokenAnswer;
import io.flowapi.providers.oauth.TokenSessions;
import java.util.UUID;
import java.util.function.Function;

/** Calls with a channel's token; with another, once, when LinkedIn refuses it: then nothing was done. */
record TokenCalls(TokenSessions tokens) {

    /** What came of it. */
    sealed interface Outcome {

        record Answered(NetworkAnswer answer) implements Outcome {}

        /** There was no token to call with, or none that LinkedIn takes. */
        record NoToken(TokenAnswer.Missing why) implements Outcome {}
    }

    Outcome call(UUID channel, Deadline deadline, Function<String, NetworkAnswer> call) {
        return switch (tokens.current(channel, deadline)) {
            case TokenAnswer.Ready(String token, String _) -> called(channel, deadline, call, token);
            case TokenAnswer.Missing missing -> new Outcome.NoToken(missing);
        };
    }

    private Outcome called(UUID channel, Deadline deadline, Function<String, NetworkAnswer> call, String token) {
        NetworkAnswer answer = call.apply(token);
        if (!(answer instanceof NetworkAnswer.Refused refusal) || refusal.status() != Failures.UNAUTHORIZED) {
            return new Outcome.Answered(answer);
        }
        return switch (tokens.renewed(channel, token, deadline)) {
            case TokenAnswer.Ready(String other, String _) -> new Outcome.Answered(call.apply(other));
            case TokenAnswer.Later later -> new Outcome.NoToken(later);
            case TokenAnswer.Refused(TargetError error) ->
                new Outcome.NoToken(new TokenAnswer.Refused(withAnswer(error, refusal)));
        };
    }

    /** Why there is no other token, and what LinkedIn said to this one. */
    private static TargetError withAnswer(TargetError error, NetworkAnswer.Refused refusal) {
        return error.providerStatus() != null
                ? error
                : new TargetError(
                        error.category(),
                        error.code(),
                        error.message(),
                        error.remediation(),
                        error.retryable(),
                        refusal.status(),
                        refusal.body());
    }
}
