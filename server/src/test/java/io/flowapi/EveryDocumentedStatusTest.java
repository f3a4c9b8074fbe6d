package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Documented;
import io.flowapi.testing.SeenAnswers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs after all others (see the profile in pom.xml), and holds them to having had every answer that the document declares. */
class EveryDocumentedStatusTest {

    @Test
    void every_declared_status_of_every_operation_was_seen() throws IOException {
        Set<String> seen = SeenAnswers.readAll(Path.of("target", "seen-answers"));

        List<String> missing = Documented.OPERATIONS.stream()
                .flatMap(operation -> operation.statuses().stream().map(status -> operation.id() + " " + status))
                .filter(declared -> !seen.contains(declared))
                .toList();

        assertThat(missing).isEmpty();
    }
}
