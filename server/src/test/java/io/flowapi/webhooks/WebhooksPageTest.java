package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.installation.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What receivers are told of the schedule is the same wherever they read it. */
@Tag("one-database")
class WebhooksPageTest {

    private static final List<Duration> AFTER_THE_FIRST = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(18),
            Duration.ofHours(22));

    @Test
    void the_page_and_the_document_tell_the_schedule() throws IOException {
        String told = AFTER_THE_FIRST.stream().map(WebhooksPageTest::written).collect(Collectors.joining(", "));
        String schedule = "at once, and then after " + told.replaceFirst(", (?=[^,]*$)", " and ");

        assertThat(oneLine(Files.readString(Path.of("../docs/webhooks.md")))).contains(schedule);
        assertThat(oneLine(Build.document())).contains(schedule);
    }

    private static String written(Duration wait) {
        if (wait.toHours() > 0) {
            return wait.toHours() + " h";
        }
        return wait.toMinutes() > 0 ? wait.toMinutes() + " min" : wait.toSeconds() + " s";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
