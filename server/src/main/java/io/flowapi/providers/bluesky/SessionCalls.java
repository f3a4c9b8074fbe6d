package io.flowapi.providers.bluesky;

import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import java.util.List;
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
    record Request(UUID channel, String method, String json) {}

    Outcome call(Request request, Deadline deadline) {
        return switch (sessions.current(request.channel(), deadline)) {
            case SessionAnswer.Missing missing -> new Outcome.NoSession(missing);
            case SessionAnswer.Ready ready -> {
                NetworkAnswer answer = send(request, ready, deadline);
                yield answer instanceof NetworkAnswer.Refused refusal && XrpcErrors.token(refusal)
                        ? again(request, ready.session(), deadline)
                        : new Outcome.Answered(answer);
            }
        };
    }

    private Outcome again(Request request, Session ended, Deadline deadline) {
        return switch (sessions.renewed(request.channel(), ended, deadline)) {
            case SessionAnswer.Missing missing -> new Outcome.NoSession(missing);
            case SessionAnswer.Ready ready -> new Outcome.Answered(send(request, ready, deadline));
        };
    }

    private NetworkAnswer send(Request request, SessionAnswer.Ready ready, Deadline deadline) {
        return xrpc.call(
                ready.service(),
                request.method(),
                new Xrpc.Call(
                        ready.session().accessJwt(),
                        request.json(),
                        List.of(),
                        answer -> quotas.heard(request.channel(), answer)),
                deadline);
    }
}
