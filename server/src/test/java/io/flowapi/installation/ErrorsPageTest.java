package io.flowapi.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/errors.md to the code. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\d{3}) \\| (yes|no) \\| (.+) \\|$");

    @Test
    void the_page_has_every_code_with_its_status_and_whether_to_try_again() throws IOException {
        List<String> onThePage = rows().stream()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();

        List<String> inTheCode =
                Arrays.stream(ProblemCode.values()).map(ErrorsPageTest::line).toList();
        assertThat(onThePage).containsExactlyInAnyOrderElementsOf(inTheCode);
    }

    @Test
    void the_page_is_in_the_order_of_the_statuses_and_says_what_to_do() throws IOException {
        assertThat(rows().stream().map(row -> row.group(2))).isSorted();
        assertThat(rows().stream().map(row -> row.group(4))).allMatch(advice -> advice.endsWith("."));
    }

    @Test
    void every_row_of_the_table_is_a_code() throws IOException {
        long lines = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .count();

        assertThat(rows()).hasSize((int) lines);
    }

    private static String line(ProblemCode code) {
        ProblemKind kind = ProblemKind.of(code);
        return code.value() + " " + kind.status() + " " + (kind.retryable() ? "yes" : "no");
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().toList();
    }
}
