package io.flowapi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.WebhookRefusedException.Reason;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PROGRAMS = Path.of("examples/io/flowapi/examples");

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
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(part("FirstPost", "readme"));
    }

    @Test
    void the_page_about_webhooks_shows_the_receiver_that_was_run() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/webhooks.md"))).contains(part("ReceiveWebhook", "receive"));
    }

    @Test
    void the_page_about_webhooks_has_every_reason_of_a_refusal() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/webhooks.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                .map(line -> line.split("`")[1])
                .toList();

        assertThat(rows).isEqualTo(Stream.of(Reason.values()).map(Reason::name).toList());
    }

    private static String part(String program, String tag) throws IOException {
        String text = Files.readString(PROGRAMS.resolve(program + ".java"));
        String begin = "// tag::" + tag + "[]";
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf("// end::" + tag + "[]"))
                .stripTrailing()
                .stripIndent()
                .strip();
    }
}
