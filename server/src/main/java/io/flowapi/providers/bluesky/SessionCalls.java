package io.flowapi.providers.bluesky;

import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.Service;
import java.util.UUID;

/** Calls that need the channel's session: once, and once more with a new session when the token has ended. */
final class SessionCalls {

    private final BlueskySessions sessions;
    private final Xrpc xrpc;
    private final ChannelQuotas quotas;

    SessionCalls(BlueskySessions sessions, Xrpc xrpc, ChannelQuotas quotas) {
        this.sessions = sessions;
        this.xrpc = xrpc;
        this.quotas = quotas;
    }

    /** What came of a call. */
    sealed interface Outcome {

        record Answered(NetworkAnswer answer) implements Outcome {}

        /** Nothing was sent. */
        record NoSession(SessionAnswer.Missing why) implements Outcome {}
    }

    /** @param method such as {@code com.atproto.repo.putRecord} */
    record Procedure(String method, String json) {

        ProviderRequest at(Service service) {
            return Xrpc.procedure(service, method, json);
        }
    }

    Outcome call(UUID channel, Procedure procedure, Deadline deadline) {
        return switch (sessions.current(channel, deadline)) {
            case SessionAnswer.Missing missing -> new Outcome.NoSession(missing);
            case SessionAnswer.Ready ready -> {
                NetworkAnswer answer = send(channel, procedure, ready, deadline);
                yield answer instanceof NetworkAnswer.Refused refusal && XrpcErrors.token(refusal)
                        ? again(channel, procedure, ready.session(), deadline)
                        : new Outcome.Answered(answer);
            }
        };
    }

    private Outcome again(UUID channel, Procedure procedure, Session ended, Deadline deadline) {
        return switch (sessions.renewed(channel, ended, deadline)) {
            case SessionAnswer.Missing missing -> new Outcome.NoSession(missing);
            case SessionAnswer.Ready ready -> new Outcome.Answered(send(channel, procedure, ready, deadline));
        };
    }

    private NetworkAnswer send(UUID channel, Procedure procedure, SessionAnswer.Ready ready, Deadline deadline) {
        return xrpc.call(
                procedure.at(ready.service()),
                ready.session().accessJwt(),
                answer -> quotas.heard(channel, answer),
                deadline);
    }
}
