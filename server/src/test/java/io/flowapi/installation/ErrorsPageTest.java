package io.flowapi.installation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/errors.md and {@code x-problems} in the document to each other and to the closed list. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final String HEAD = "| code | status | again | what it means, and what to do |\n|---|---|---|---|\n";

    @Test
    void the_table_is_made_from_the_document() throws IOException {
        String written = Files.readString(PAGE);
        // The table is the end of the page.
        String expected = written.substring(0, written.indexOf("| code |")) + table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/errors.md (-Dgolden.update=true rewrites its table)")
                .isEqualTo(expected);
    }

    @Test
    void the_document_describes_every_code_and_no_other() throws IOException {
        var described = new YAMLMapper().readTree(Build.document()).at("/components/schemas/ProblemCode/x-problems");

        assertThat(described.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::value)
                        .toList());
    }

    @Test
    void the_codes_are_in_the_order_of_their_statuses() {
        assertThat(kinds().stream().map(ProblemKind::status)).isSorted();
    }

    @Test
    void every_text_is_made_of_sentences() {
        assertThat(kinds())
                .allSatisfy(kind -> assertThat(List.of(kind.meaning(), kind.remedy()))
                        .allMatch(text -> text.endsWith(".") && !text.contains("|")))
                .allSatisfy(kind -> assertThat(kind.title()).isNotBlank());
    }

    private static String table() {
        return HEAD
                + Arrays.stream(ProblemCode.values()).map(ErrorsPageTest::row).collect(joining());
    }

    private static String row(ProblemCode code) {
        ProblemKind kind = ProblemKind.of(code);
        return "| `%s` | %d | %s | %s %s |\n"
                .formatted(code.value(), kind.status(), kind.retryable() ? "yes" : "no", kind.meaning(), kind.remedy());
    }

    private static List<ProblemKind> kinds() {
        return Arrays.stream(ProblemCode.values()).map(ProblemKind::of).toList();
    }
}
