package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds docs/failures.md to a row for each failure, with what every part does and tests that exist. */
@Tag("one-database")
class FailuresPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z]+\\.[a-z]+) \\|(.*)\\|$");
    private static final int CELLS = 9;

    @Test
    void every_failure_has_a_row_and_every_cell_says_something() {
        assertThat(rows())
                .extracting(row -> row.group(1))
                .containsExactly(
                        "database.stopped",
                        "database.hung",
                        "storage.gone",
                        "storage.unwritable",
                        "storage.hung",
                        "worker.stopped",
                        "worker.hung",
                        "clock.skewed",
                        "disk.full");
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(row.group(2).split("\\|")).hasSize(CELLS).noneMatch(String::isBlank));
    }

    @Test
    void every_row_names_a_test_and_every_test_exists() {
        assertThat(rows()).allSatisfy(row -> assertThat(row.group(2)).containsPattern(NamedTests.PATTERN));
        NamedTests.allExist(page());
    }

    private static List<MatchResult> rows() {
        return ROW.matcher(page()).results().toList();
    }

    private static String page() {
        return NamedTests.read(NamedTests.ROOT.resolve("docs/failures.md"));
    }
}
