package io.flowapi.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwaggerUiTest {

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "png", "image/png",
            "txt", "text/plain; charset=utf-8",
            "yaml", "application/yaml");

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Reader reader = new Reader(flow);

    @Test
    void is_one_page_of_our_own_files() {
        assertThat(reader.links("/docs"))
                .contains("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/docs.js", "/openapi.yaml")
                .allSatisfy(path -> {
                    Answer file = reader.get(path).expect(200);
                    String ending = path.substring(path.lastIndexOf('.') + 1);
                    assertThat(file.header("Content-Type"))
                            .isEqualTo(MEDIA_TYPES.getOrDefault(ending, MEDIA_TYPES.get("html")));
                    assertThat(file.bytes()).isNotEmpty();
                    Reader.isGuarded(file);
                });
    }

    @Test
    void is_html_without_scripts_or_styles_of_its_own() {
        Answer page = reader.get("/docs").expect(200);

        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .doesNotContainPattern("<script(?! src=\"docs/[a-z.-]+\"></script>)")
                .doesNotContainPattern("<style|style=|\\son[a-z]+=");
        Reader.isGuarded(page);
    }

    @Test
    void reads_the_document_of_this_server_and_asks_no_validator() {
        assertThat(reader.get("/docs/docs.js").text())
                .contains("url: 'openapi.yaml'", "tryItOutEnabled: true", "validatorUrl: null")
                .doesNotContain("http:", "https:");
    }

    @Test
    void is_kept_until_it_changes() {
        Answer bundle = reader.get("/docs/swagger-ui-bundle.js").expect(200);
        assertThat(bundle.header("Cache-Control")).isEqualTo("no-cache");

        reader.get("/docs/swagger-ui-bundle.js", "If-None-Match", bundle.header("ETag"))
                .expect(304);
    }

    @Test
    void passes_on_the_licences_that_the_bundle_refers_to() {
        assertThat(reader.get("/docs/swagger-ui-bundle.js").text()).contains("swagger-ui-bundle.js.LICENSE.txt");

        Answer licences = reader.get("/docs/swagger-ui-bundle.js.LICENSE.txt").expect(200);

        assertThat(licences.header("Content-Type")).isEqualTo(MEDIA_TYPES.get("txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/docs/", "/docs/index.html", "/docs/swagger-ui.js", "/docs/unknown.js", "/reference/docs.js"})
    void gives_no_file_that_it_does_not_need(String path) {
        reader.get(path).isProblem(404, "route_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/../openapi.yaml",
                "/docs/%2e%2e/openapi.yaml",
                "/docs/..%2fbuild.properties",
                "/docs//etc/passwd",
                "/docs/./docs.js"
            })
    void leads_nowhere_else(String path) {
        reader.get(path).isProblem(400, "malformed_request");
    }
}
