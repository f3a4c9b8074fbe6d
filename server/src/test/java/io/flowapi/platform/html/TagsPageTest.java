package io.flowapi.platform.html;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the examples of docs/html-tags.md to the code. */
@Tag("one-database")
class TagsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]+)`|nothing) \\|");

    @Test
    void every_example_is_true() throws IOException {
        Map<String, String> examples = ROW.matcher(Files.readString(Path.of("../docs/html-tags.md")))
                .results()
                .collect(toMap(row -> row.group(1), TagsPageTest::left));

        assertThat(examples).hasSizeGreaterThan(15);
        examples.forEach((sent, left) ->
                assertThat(HtmlTags.remove(sent).text()).as(sent).isEqualTo(left));
    }

    private static String left(MatchResult row) {
        return row.group(2) == null ? "" : row.group(2);
    }
}
