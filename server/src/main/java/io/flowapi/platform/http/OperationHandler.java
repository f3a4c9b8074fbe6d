package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.db.DatabaseFailure;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Takes a request through the gates to its operation and sends what comes back. Nothing is thrown past here. */
final class OperationHandler implements Handler {

    private static final System.Logger LOG = System.getLogger(OperationHandler.class.getName());

    private final Operation operation;
    private final List<Gate> gates;
    private final Replies replies;
    private final Semaphore room;

    OperationHandler(Operation operation, List<Gate> gates, Replies replies, Semaphore room) {
        this.operation = operation;
        this.gates = gates;
        this.replies = replies;
        this.room = room;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        scope.operation(operation);
        Reply.Stored answer;
        try {
            Exchange exchange = Exchange.of(operation, request);
            answer = answerInTurn(exchange, scope, response);
            scope.caller(exchange.caller());
        } catch (RequestException unreadable) {
            answer = unreadable(unreadable.status(), scope);
        } catch (RuntimeException cutOff) {
            // A chunk that is none, or an end in the middle. Thrown on, the framework would wait for the rest.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> operation.id() + " " + scope.info().id(),
                    cutOff);
            answer = unreadable(Status.BAD_REQUEST_400, scope);
        } catch (Error fault) {
            answer = sorry(scope, fault);
        }
        Replies.send(HeadRequests.fit(answer, request), response);
    }

    /** The rest of the body is still on the wire, so this connection cannot carry another request. */
    private Reply.Stored unreadable(Status status, RequestScope scope) {
        return refuse(ProtocolProblems.refusal(status).with("Connection", "close"), scope);
    }

    /** Counted once the request is read, so that slow senders take no room, and until it is answered, so slow readers do not. */
    private Reply.Stored answerInTurn(Exchange exchange, RequestScope scope, ServerResponse response) {
        if (!operation.authenticated()) {
            // A probe must not fail because others are at work.
            return answer(exchange, scope, response);
        }
        if (!room.tryAcquire()) {
            Refusal full = unavailable(ProblemCode.OVERLOADED, "Too many requests are being worked on.");
            return refuse(full, scope);
        }
        try {
            return answer(exchange, scope, response);
        } finally {
            room.release();
        }
    }

    private Reply.Stored answer(Exchange exchange, RequestScope scope, ServerResponse response) {
        try {
            gates.forEach(gate -> gate.admit(exchange));
            Reply reply = operation.call().answer(exchange.caller(), exchange.input());
            return reply instanceof Reply.Refused refused
                    ? refuse(refused.refusal(), scope)
                    : replies.encode(reply, scope.info());
        } catch (RefusedException refused) {
            return refuse(refused.refusal(), scope);
        } catch (DatabaseFailure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> operation.id() + " " + scope.info().id(),
                    failure);
            return refuse(refusal(failure), scope);
        } catch (RuntimeException fault) {
            return sorry(scope, fault);
        } finally {
            exchange.answerHeaders().forEach(response::header);
        }
    }

    /** Of one request that took all memory or nested too deep, nothing is left when it arrives here: the server goes on. */
    private Reply.Stored sorry(RequestScope scope, Throwable fault) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> operation.id() + " " + scope.info().id(),
                fault);
        scope.failed(fault);
        return refuse(
                Refusal.of(ProblemCode.INTERNAL_ERROR, "A fault of ours. The request id finds it in the log."), scope);
    }

    private Reply.Stored refuse(Refusal refusal, RequestScope scope) {
        scope.refused(refusal.code());
        return replies.encode(refusal, scope.info());
    }

    static Refusal refusal(DatabaseFailure failure) {
        return switch (failure.reason()) {
            case TIMEOUT -> unavailable(ProblemCode.DATABASE_TIMEOUT, "The database did not answer in time.");
            case OVERLOADED -> unavailable(ProblemCode.OVERLOADED, "Too much is waiting for the database.");
            case STORAGE_EXHAUSTED ->
                unavailable(ProblemCode.STORAGE_EXHAUSTED, "There is no space left to store this.");
            case UNAVAILABLE -> unavailable(ProblemCode.DATABASE_UNAVAILABLE, "The database cannot be reached.");
            case UNANSWERED ->
                again(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        "The database went away before it said whether this was done. Repeat it with its Idempotency-Key.");
        };
    }

    private static Refusal unavailable(ProblemCode code, String what) {
        return again(code, what + " Nothing was changed.");
    }

    private static Refusal again(ProblemCode code, String detail) {
        return Refusal.of(code, detail).with("Retry-After", "1");
    }
}
