package io.flowapi.providers.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.NetworkAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A login that lasts. How long, the server says when it refuses a token: the clocks need not agree. */
record Session(String accessJwt, String refreshJwt) {

    /** What can stand in a header. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,8192}");

    /** From the answer to a login or a refresh; nothing when it is not one. */
    static Optional<Session> from(NetworkAnswer.Done answer) {
        var session = new Session(answer.text("accessJwt"), answer.text("refreshJwt"));
        return TOKEN.matcher(session.accessJwt).matches()
                        && TOKEN.matcher(session.refreshJwt).matches()
                ? Optional.of(session)
                : Optional.empty();
    }

    static Session read(String json) {
        JsonNode tree = Json.tree(json);
        return new Session(
                tree.get("accessJwt").textValue(), tree.get("refreshJwt").textValue());
    }

    String json() {
        return Json.text(Map.of("accessJwt", accessJwt, "refreshJwt", refreshJwt));
    }

    @Override
    public String toString() {
        return "Session[***]";
    }
}
