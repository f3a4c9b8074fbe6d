package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.providers.Dialect;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * X answers with an object, which may have errors beside what was done, and refuses with a problem of RFC 7807, or as it did
 * before there were such.
 */
final class XDialect implements Dialect {

    @Override
    public boolean done(int status, @Nullable JsonNode body) {
        return (status == 200 || status == 201) && body != null && body.isObject();
    }

    @Override
    public Optional<Said> refusal(JsonNode body) {
        JsonNode first = body.path("errors").path(0);
        if (body.path("title").isTextual()) {
            return Optional.of(new Said(name(body), sentence(body.path("detail").asText(""), first)));
        }
        if (first.path("message").isTextual() || first.path("detail").isTextual()) {
            return Optional.of(new Said(name(first), sentence("", first)));
        }
        return body.path("message").isTextual() && body.path("code").isNumber()
                ? Optional.of(new Said(
                        body.path("code").asText(), body.path("message").textValue()))
                : Optional.empty();
    }

    /** The last part of the problem's type, such as {@code usage-capped}; its title where it has none. */
    private static String name(JsonNode problem) {
        String type = problem.path("type").asText("");
        return type.contains("/problems/")
                ? type.substring(type.lastIndexOf('/') + 1)
                : problem.path("title").asText(problem.path("code").asText("error"));
    }

    private static String sentence(String detail, JsonNode error) {
        String more = error.path("message").asText(error.path("detail").asText(""));
        return more.isEmpty() || more.equals(detail) ? detail : (detail + " " + more).strip();
    }
}
