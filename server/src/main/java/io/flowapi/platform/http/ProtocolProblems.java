package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Refusals given by the server itself, below every filter and route, as problem documents, and told to whoever counts. */
record ProtocolProblems(Replies replies, AnswerHeaders always, ClientAddress clients, Told told)
        implements DirectHandler {

    private static final System.Logger LOG = System.getLogger(ProtocolProblems.class.getName());
    private static final byte[] NOTHING = {};

    /** Hears of what no filter sees. */
    @FunctionalInterface
    interface Told {
        void refused(RequestScope scope, String method, Refusal refusal);
    }

    DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this);
        }
        return handlers.build();
    }

    /** What a filter or a page threw; operations let nothing past them. */
    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, Throwable thrown) {
        if (status.family() == Status.Family.SERVER_ERROR) {
            LOG.log(System.Logger.Level.ERROR, "Thrown past every handler.", thrown);
        }
        return answer(request, status, headers, thrown);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        return answer(request, status, headers, null);
    }

    private TransportResponse answer(
            TransportRequest request, Status status, ServerResponseHeaders headers, @Nullable Throwable thrown) {
        RequestScope scope = RequestScope.CURRENT.isBound() ? RequestScope.CURRENT.get() : scope(request);
        Refusal refusal = refusal(request, status);
        Reply.Stored answer = replies.encode(refusal, scope.info());
        scope.refused(refusal.code());
        if (refusal.code() == ProblemCode.INTERNAL_ERROR && thrown != null) {
            scope.failed(thrown);
        }
        always.put(request.headers(), headers);
        headers.set(HeaderNames.CONTENT_TYPE, Replies.PROBLEM_JSON);
        headers.set(HeaderNames.create("X-Request-Id"), scope.info().id());
        if (!RequestScope.CURRENT.isBound()) {
            // Else RequestWatch is still to come.
            told.refused(scope, request.method(), refusal);
        }
        return TransportResponse.builder()
                .status(Status.create(answer.status()))
                .headers(headers)
                .keepAlive(false)
                .entity(request.method().equals("HEAD") ? NOTHING : answer.body())
                .build();
    }

    private RequestScope scope(TransportRequest request) {
        String address = KnownPeers.current()
                .map(peer -> clients.of(peer, request.headers()))
                .orElse("");
        return new RequestScope(new RequestInfo(RequestIdFilter.requestId(request.headers()), address, path(request)));
    }

    private static String path(TransportRequest request) {
        int query = request.path().indexOf('?');
        return query < 0 ? request.path() : request.path().substring(0, query);
    }

    /** A first line without a path is a fault of the client's, though the framework stumbles over it. */
    private static Refusal refusal(TransportRequest request, Status status) {
        boolean stumbled = request.path().isEmpty() && status.family() == Status.Family.SERVER_ERROR;
        return refusal(stumbled ? Status.BAD_REQUEST_400 : status);
    }

    /** The framework's own message is left out: it repeats what was sent. */
    static Refusal refusal(Status status) {
        return switch (status.code()) {
            case 408 -> Refusal.of(ProblemCode.REQUEST_TIMEOUT, "The request did not arrive whole within 15 seconds.");
            case 413 -> Refusal.of(ProblemCode.BODY_TOO_LARGE, "The body is over 1,048,576 bytes.");
            case 414 -> Refusal.of(ProblemCode.TARGET_TOO_LONG, "The request line is too long.");
            case 431 -> Refusal.of(ProblemCode.HEADERS_TOO_LARGE, "The headers are over 16 kB.");
            case 500 -> Refusal.of(ProblemCode.INTERNAL_ERROR, "A fault of ours.");
            default ->
                Refusal.of(ProblemCode.MALFORMED_REQUEST, "This is not an HTTP/1.1 request that can be answered.");
        };
    }
}
