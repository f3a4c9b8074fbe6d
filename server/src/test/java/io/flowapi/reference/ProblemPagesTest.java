package io.flowapi.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.ProblemKind;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPagesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Reader reader = new Reader(flow);

    @ParameterizedTest
    @EnumSource
    void every_code_has_a_page_that_says_what_to_do(ProblemCode code) {
        Answer page = reader.get("/problems/" + code.value()).expect(200);

        ProblemKind kind = ProblemKind.of(code);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains("<title>" + kind.title() + " (" + code.value() + ") - Flow API</title>")
                .contains("<h1>" + kind.title() + "</h1>")
                .contains("<code>" + code.value() + "</code>, status " + kind.status())
                .contains(kind.retryable() ? "<p>Yes: " : "<p>No: ")
                .contains("<p>" + Html.text(kind.meaning()) + "</p>", "<p>" + Html.text(kind.remedy()) + "</p>")
                .doesNotContain("<script", "style=", "`");
        Reader.isGuarded(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/problems/unknown", "/problems/NOT_FOUND", "/problems/", "/problems/not_found/"})
    void no_other_page_exists(String path) {
        reader.get(path).isProblem(404, "route_not_found");
    }

    @Test
    void the_list_leads_to_every_page() {
        assertThat(reader.links("/problems"))
                .containsAll(Arrays.stream(ProblemCode.values())
                        .map(code -> "/problems/" + code.value())
                        .toList())
                .allSatisfy(path -> reader.get(path).expect(200));
        Reader.isGuarded(reader.get("/problems"));
    }

    @Test
    void a_page_leads_back_to_the_list_and_to_the_operations() {
        assertThat(reader.links("/problems/not_found"))
                .contains("/problems", "/docs")
                .allSatisfy(path -> reader.get(path).expect(200));
    }

    @Test
    void the_type_of_a_refusal_is_the_address_of_its_page() {
        TestCaller alice = flow.caller();
        String draft = alice.draft(alice.channel(), "Draft");

        Stream.of(
                        alice.get("/v1/posts?limit=x").expect(400),
                        alice.post("/v1/posts", "{").expect(400),
                        flow.nobody().get("/v1/posts").expect(401),
                        flow.caller("posts:read").get("/v1/api-keys").expect(403),
                        alice.get("/nothing").expect(404),
                        alice.get("/v1/posts/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10")
                                .expect(404),
                        alice.delete("/v1/posts").expect(405),
                        alice.get("/v1/posts", "Accept", "text/html").expect(406),
                        alice.post("/v1/posts/" + draft + "/retry").expect(409),
                        alice.delete("/v1/posts/" + draft, "If-Match", "\"9\"").expect(412),
                        alice.get("/v1/posts?limit=" + "1".repeat(2000)).expect(414),
                        alice.post("/v1/posts", "{}").expect(422))
                .forEach(this::leadsToItsPage);
    }

    private void leadsToItsPage(Answer refusal) {
        assertThat(refusal.text("type")).startsWith("http://flow.test/problems/");

        Answer page = reader.get(URI.create(refusal.text("type")).getPath()).expect(200);

        assertThat(page.text()).contains(refusal.text("code"), refusal.text("title"), refusal.text("status"));
    }

    @Test
    void texts_are_escaped_and_code_is_marked() {
        Map.of(
                        "a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d",
                        "Send `Accept: <x>`, or `$1`.", "Send <code>Accept: &lt;x&gt;</code>, or <code>$1</code>.",
                        "one ` alone", "one ` alone")
                .forEach((written, html) -> assertThat(Html.text(written)).isEqualTo(html));
    }
}
