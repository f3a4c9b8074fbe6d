package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** What a path answers to the methods it does not take; behind no gate, because a browser asks beforehand without a key. */
final class OtherMethods implements Handler {

    private final String allowed;
    private final Replies replies;

    /** @param allowed the methods it takes, with commas between */
    OtherMethods(String allowed, Replies replies) {
        this.allowed = allowed;
        this.replies = replies;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (CorsPreflight.is(request)) {
            Replies.send(CorsPreflight.answer(allowed, response.headers()), response);
            return;
        }
        Refusal refusal = Refusal.of(ProblemCode.METHOD_NOT_ALLOWED, "This path takes " + allowed + ".")
                .with("Allow", allowed);
        replies.refuse(refusal, request, response);
    }
}
