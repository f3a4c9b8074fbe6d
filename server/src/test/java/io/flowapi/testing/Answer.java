package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flowapi.platform.http.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came back. */
public record Answer(int status, HttpHeaders headers, byte[] bytes) {

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Empty when it is missing. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode body() {
        return bytes.length == 0 ? MissingNode.getInstance() : Json.tree(text());
    }

    /** A text in the body, at this path of names and indexes: {@code targets/0/status}. */
    public String text(String path) {
        return body().at("/" + path).asText();
    }

    /** The body of a 200. */
    public JsonNode ok() {
        return expect(200).body();
    }

    /** The id of what a 201 created. */
    public String created() {
        return expect(201).text("id");
    }

    public Answer expect(int status) {
        assertThat(status()).as(text()).isEqualTo(status);
        return this;
    }

    /** Holds the answer to being this problem, complete and with the request's id. */
    public Answer isProblem(int status, String code) {
        expect(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(text("code")).isEqualTo(code);
        assertThat(body().path("status").asInt()).isEqualTo(status);
        assertThat(text("type")).isEqualTo("http://flow.test/problems/" + code);
        assertThat(text("requestId")).isNotEmpty().isEqualTo(header("X-Request-Id"));
        return this;
    }

    /** Holds the answer to being this problem, for these reasons: each {@code where code}, such as {@code #/name required}. */
    public Answer isProblem(int status, String code, String... reasons) {
        isProblem(status, code);
        assertThat(errors()).containsExactlyInAnyOrder(reasons);
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
