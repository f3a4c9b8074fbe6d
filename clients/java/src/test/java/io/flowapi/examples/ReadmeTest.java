package io.flowapi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PROGRAM = Path.of("examples/io/flowapi/examples/FirstPost.java");

    @TempDir
    Path directory;

    @Test
    void the_program_in_the_readme_publishes() {
        try (LocalServer server = new LocalServer(directory)) {
            Post post = FirstPost.publish(server.url(), server.developer().testKey());

            assertThat(post.status()).isEqualTo(PostStatus.PUBLISHED);
        }
    }

    @Test
    void the_readme_shows_the_program_that_was_run() throws IOException {
        String program = Files.readString(PROGRAM);
        String lines = program.substring(
                program.indexOf("// tag::readme[]") + "// tag::readme[]".length(), program.indexOf("// end::readme[]"));

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(lines.stripTrailing().stripIndent().strip());
    }
}
