package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flowapi.platform.http.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came back. */
public record Answer(HttpResponse<byte[]> response) {

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode body() {
        return response.body().length == 0 ? MissingNode.getInstance() : Json.tree(text());
    }

    /** The body of a 200. */
    public JsonNode ok() {
        assertThat(status()).as(text()).isEqualTo(200);
        return body();
    }

    /** The id of what a 201 created. */
    public String created() {
        assertThat(status()).as(text()).isEqualTo(201);
        return body().path("id").asText();
    }

    /** Holds the answer to being this problem, complete and with the request's id. */
    public Answer isProblem(int status, String code) {
        assertThat(status()).as(text()).isEqualTo(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(body().path("code").asText()).isEqualTo(code);
        assertThat(body().path("status").asInt()).isEqualTo(status);
        assertThat(body().path("type").asText()).isEqualTo("http://flow.test/problems/" + code);
        assertThat(body().path("requestId").asText()).isNotEmpty().isEqualTo(header("X-Request-Id"));
        return this;
    }

    /** The field errors as {@code where code}, such as {@code #/content required}. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : body().path("errors")) {
            String where = error.path("pointer").asText()
                    + error.path("parameter").asText()
                    + error.path("header").asText();
            errors.add(where + " " + error.path("code").asText());
        }
        return errors;
    }
}
