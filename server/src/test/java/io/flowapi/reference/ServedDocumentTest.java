package io.flowapi.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.installation.Build;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedDocumentTest {

    private static final String PATH = "/openapi.yaml";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Reader reader = new Reader(flow);

    @Test
    void is_the_document_of_the_build_with_this_server_in_it() throws IOException {
        Answer answer = reader.get(PATH).expect(200);

        ObjectNode expected = (ObjectNode) new YAMLMapper().readTree(Build.document());
        expected.putArray("servers").addObject().put("url", "http://flow.test");
        assertThat(new YAMLMapper().readTree(answer.text())).isEqualTo(expected);
        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        Reader.isGuarded(answer);
    }

    @Test
    void keeps_the_text_of_the_build() {
        String built = Build.document();
        String served = reader.get(PATH).text();

        String paths = built.substring(built.indexOf("\npaths:"));
        assertThat(served).endsWith(paths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void is_not_sent_again_to_who_has_it(String known) {
        String etag = reader.get(PATH).header("ETag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");

        Answer answer = reader.get(PATH, "If-None-Match", known.formatted(etag));

        assertThat(answer.expect(304).bytes()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo(etag);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void is_sent_to_who_has_another_one() {
        assertThat(reader.get(PATH, "If-None-Match", "\"other\"").expect(200).bytes())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/docs", "/docs/swagger-ui-bundle.js", "/problems", "/problems/not_found"})
    void answers_head_as_get_without_the_body(String path) {
        Answer get = reader.get(path).expect(200);

        Answer head = reader.send("HEAD", path).expect(200);

        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.bytes().length));
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        reader.send("HEAD", path, "If-None-Match", get.header("ETag")).expect(304);
    }

    /** A refusal too, of a path or of the method: a client that got a body would take it for its next answer. */
    @ParameterizedTest
    @ValueSource(strings = {PATH, "/problems", "/nothing", "/v1/posts"})
    void sends_nothing_between_the_answer_to_head_and_the_next_one(String path) {
        String[] parts = reader.headThenGet(path).split("\r\n\r\n", 3);

        assertThat(parts).hasSize(3);
        assertThat(parts[1]).startsWith("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/docs", "/docs/docs.js", "/problems", "/problems/not_found"})
    void takes_no_other_method(String path) {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
            Answer answer = reader.send(method, path).isProblem(405, "method_not_allowed");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml/", "/openapi.json", "/OPENAPI.yaml", "/v1/openapi.yaml"})
    void has_one_path(String path) {
        reader.get(path).isProblem(404, "route_not_found");
    }

    @Test
    void is_open_to_everybody_whatever_key_or_media_type_they_send() {
        reader.get(PATH, "Authorization", "Bearer nonsense", "Accept", "text/html")
                .expect(200);
    }
}
