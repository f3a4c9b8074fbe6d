package io.flowapi.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the document to every version that was released; until the first, it is held to nothing. */
class ReleasedDocumentsTest {

    @Test
    void breaks_no_client_of_a_released_version() throws IOException {
        String now = Bundle.bundle(Path.of("openapi/openapi.yaml"));

        for (Path released : released()) {
            assertThat(Compatibility.broken(Files.readString(released), now))
                    .as("what breaks the clients of %s", released)
                    .isEmpty();
        }
    }

    private static List<Path> released() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("released"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
