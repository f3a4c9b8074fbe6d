package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns answers and refusals into bytes, and sends them. */
public final class Replies {

    static final String PROBLEM_JSON = "application/problem+json";

    private static final int ERRORS_MAX = 100;
    private static final int INSTANCE_MAX = 2048;
    private static final String CONTENT_TYPE = HeaderNames.CONTENT_TYPE.defaultCase();
    private static final byte[] NOTHING = {};

    private final Supplier<String> publicUrl;

    /** @param publicUrl the base of problem types, without a trailing slash; known once the server listens */
    public Replies(Supplier<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** The answer to one request, as it goes out and as it is stored for a repeated one. */
    public Reply.Stored encode(Reply reply, RequestInfo request) {
        return switch (reply) {
            case Reply.Refused refused -> encode(refused.refusal(), request);
            case Reply.Replayed replayed -> replayed(replayed.stored());
            default -> success(reply);
        };
    }

    private static Reply.Stored success(Reply reply) {
        Object body = reply.body();
        if (body == null) {
            return new Reply.Stored(reply.status(), reply.headers(), NOTHING);
        }
        return new Reply.Stored(
                reply.status(), with(reply.headers(), CONTENT_TYPE, "application/json"), Json.bytes(body));
    }

    private static Reply.Stored replayed(Reply.Stored stored) {
        return new Reply.Stored(stored.status(), with(stored.headers(), "Idempotent-Replayed", "true"), stored.body());
    }

    public Reply.Stored encode(Refusal refusal, RequestInfo request) {
        return new Reply.Stored(
                refusal.kind().status(),
                with(refusal.headers(), CONTENT_TYPE, PROBLEM_JSON),
                Json.bytes(problem(refusal, request)));
    }

    /** What is wrong with a large body can be far more than anybody reads. */
    private static String detail(Refusal refusal) {
        int count = refusal.errors().size();
        return count > ERRORS_MAX
                ? refusal.detail() + " These are the first " + ERRORS_MAX + " of " + count + " errors."
                : refusal.detail();
    }

    private static @Nullable List<FieldError> errors(Refusal refusal) {
        List<FieldError> all = refusal.errors();
        return all.isEmpty() ? null : all.subList(0, Math.min(all.size(), ERRORS_MAX));
    }

    private Problem problem(Refusal refusal, RequestInfo request) {
        ProblemKind kind = refusal.kind();
        return new Problem(
                publicUrl.get() + "/problems/" + refusal.code().value(),
                kind.title(),
                kind.status(),
                detail(refusal),
                Fields.cut(request.path(), INSTANCE_MAX),
                refusal.code(),
                request.id(),
                kind.retryable(),
                errors(refusal));
    }

    /** Refuses what no operation has taken. */
    void refuse(Refusal refusal, ServerRequest request, ServerResponse response) {
        RequestScope scope = RequestScope.of(request);
        scope.refused(refusal.code());
        send(HeadRequests.fit(encode(refusal, scope.info()), request), response);
    }

    static void send(Reply.Stored answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach(response::header);
        if (answer.body().length == 0) {
            response.send();
        } else {
            response.send(answer.body());
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return all;
    }
}
