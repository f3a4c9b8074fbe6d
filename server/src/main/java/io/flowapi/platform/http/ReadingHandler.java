package io.flowapi.platform.http;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.ProblemCode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives what can be read, by exactly its path: no part of a path ever names a file. */
final class ReadingHandler implements Handler {

    private static final String ALLOWED = "GET, HEAD";

    private final Map<String, Reading> readings;
    private final Replies replies;

    ReadingHandler(List<Reading> readings, Replies replies) {
        this.readings = readings.stream().collect(toMap(Reading::path, Function.identity()));
        this.replies = replies;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestInfo info = RequestScope.of(request).info();
        Reading reading = readings.get(info.path());
        if (reading == null) {
            response.next();
        } else if (List.of("GET", "HEAD").contains(request.prologue().method().text())) {
            String known = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
            Replies.send(HeadRequests.fit(reading.answer(known), request), response);
        } else {
            Refusal refusal = Refusal.of(ProblemCode.METHOD_NOT_ALLOWED, "This path takes " + ALLOWED + ".")
                    .with("Allow", ALLOWED);
            Replies.send(replies.encode(refusal, info), response);
        }
    }
}
