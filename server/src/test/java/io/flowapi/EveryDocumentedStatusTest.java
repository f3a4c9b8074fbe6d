package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowapi.testing.DocumentCheck;
import io.flowapi.testing.Documented;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs after all others, and holds them to having had every answer that the document declares. */
@Order(Integer.MAX_VALUE)
class EveryDocumentedStatusTest {

    @Test
    void every_declared_status_of_every_operation_was_seen() {
        assumeTrue(System.getProperty("test") == null, "only some tests run");
        Set<String> seen = DocumentCheck.seen();

        List<String> missing = Documented.OPERATIONS.stream()
                .flatMap(operation -> operation.statuses().stream().map(status -> operation.id() + " " + status))
                .filter(declared -> !seen.contains(declared))
                .toList();

        assertThat(missing).isEmpty();
    }
}
