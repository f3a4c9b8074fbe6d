package io.flowapi.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RulesPageReadTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void every_rule_has_its_place_on_the_page_with_all_that_is_written_of_it() throws IOException {
        String written = Files.readString(Path.of("..", "docs", "rules.md"));
        Answer page = new Reader(flow).get("/docs/rules").expect(200);

        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .doesNotContain("<script", "`", "##");
        written.lines()
                .filter(line -> line.startsWith("## "))
                .forEach(line -> assertThat(page.text()).contains("<h2 id=\"" + line.substring(3) + "\">"));
        written.lines()
                .filter(line -> line.startsWith("- "))
                .forEach(line -> assertThat(page.text()).contains("<li>" + Html.text(line.substring(2)) + "</li>"));
        Reader.isGuarded(page);
    }
}
