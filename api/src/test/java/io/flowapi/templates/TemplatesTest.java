package io.flowapi.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A change of a template shows itself as a change of the golden files: run with {@code -Dgolden.update=true}, then read
 * the difference.
 */
class TemplatesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @ParameterizedTest
    @ValueSource(strings = {"server", "client"})
    void generate_the_golden_files(String name, @TempDir Path output) throws IOException {
        JavaFiles golden = new JavaFiles(RESOURCES.resolve("golden").resolve(name));
        JavaFiles generated = JavaFiles.generate(
                Path.of("templates").resolve(name), RESOURCES.resolve("fixture/openapi.yaml"), output);
        if (Boolean.getBoolean("golden.update")) {
            generated.copyTo(golden);
        }

        assertThat(generated.names())
                .as("the files made by api/templates/%s (-Dgolden.update=true rewrites them)", name)
                .isEqualTo(golden.names());
        assertThat(generated.names())
                .allSatisfy(file -> assertThat(generated.file(file))
                        .as("%s made by api/templates/%s (-Dgolden.update=true rewrites it)", file, name)
                        .hasSameTextualContentAs(golden.file(file)));
    }

    /** A second one does not compile. */
    @ParameterizedTest
    @ValueSource(strings = {"server", "client"})
    void hide_several_secrets_with_one_to_string(String name) throws IOException {
        JavaFiles golden = new JavaFiles(RESOURCES.resolve("golden").resolve(name));
        Path kite = golden.names().stream()
                .filter(file -> file.endsWith("Kite.java"))
                .findFirst()
                .orElseThrow();

        assertThat(Files.readString(golden.file(kite)))
                .containsOnlyOnce("String toString()")
                .contains("secret=***", "spareSecret=***");
    }
}
