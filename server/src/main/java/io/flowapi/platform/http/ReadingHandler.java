package io.flowapi.platform.http;

import static java.util.stream.Collectors.toMap;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives what can be read, by exactly its path: no part of a path ever names a file. */
final class ReadingHandler implements Handler {

    private final Map<String, Reading> readings;
    private final OtherMethods otherMethods;

    ReadingHandler(List<Reading> readings, Replies replies) {
        this.readings = readings.stream().collect(toMap(Reading::path, Function.identity()));
        this.otherMethods = new OtherMethods("GET, HEAD", replies);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Reading reading = readings.get(RequestScope.of(request).info().path());
        if (reading == null) {
            response.next();
            return;
        }
        RequestScope.of(request).toReference();
        if (List.of("GET", "HEAD").contains(request.prologue().method().text())) {
            String known = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
            Replies.send(HeadRequests.fit(reading.answer(known), request), response);
        } else {
            otherMethods.handle(request, response);
        }
    }
}
