package io.flowapi.resiliency;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.resiliency.Suite.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResiliencyTest {

    /** Fewer means that Specmatic has stopped making them, not that there is less to judge. */
    private static final int GOOD_MIN = 80;

    private static final int BAD_MIN = 400;

    @TempDir
    static Path directory;

    private static RunningServer server;
    private static Sender sender;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(directory);
        sender = new Sender(Wire.to(server));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void keeps_the_document_for_every_generated_request() throws IOException {
        DocumentCopy document = DocumentCopy.read();

        List<Outcome> outcomes = run(document);

        long bad = outcomes.stream().filter(Outcome::negative).count();
        System.out.println(
                "note: Specmatic made " + (outcomes.size() - bad) + " good requests and " + bad + " bad ones");
        assertThat(outcomes).filteredOn(outcome -> !outcome.kept()).isEmpty();
        assertThat(outcomes).filteredOn(outcome -> !outcome.negative()).hasSizeGreaterThan(GOOD_MIN);
        assertThat(outcomes).filteredOn(Outcome::negative).hasSizeGreaterThan(BAD_MIN);
        assertThat(document.operations())
                .as("operations with a generated good request")
                .allMatch(operation -> outcomes.stream().anyMatch(outcome -> outcome.isOf(operation)));
    }

    @Test
    void sees_an_answer_that_the_document_does_not_promise() throws IOException {
        DocumentCopy narrower = DocumentCopy.read()
                .only("/v1/me")
                .with("Mode", mode -> mode.putArray("enum").add("live"));

        List<Outcome> outcomes = run(narrower);

        assertThat(outcomes)
                .extracting(Outcome::fault)
                .singleElement()
                .asString()
                .contains("mode");
    }

    @Test
    void sees_a_request_that_the_document_refuses_and_the_server_takes() throws IOException {
        DocumentCopy stricter = DocumentCopy.read()
                .only("/v1/api-keys")
                .with(
                        "CreateApiKeyRequest",
                        key -> key.withObject("properties").withObject("name").put("maxLength", 10));

        List<Outcome> outcomes = run(stricter);

        assertThat(outcomes).filteredOn(outcome -> !outcome.kept()).isNotEmpty().allSatisfy(outcome -> {
            assertThat(outcome.test()).contains("length greater than maxLength '10'");
            assertThat(outcome.fault()).contains("Expected 4xx status, but received 201");
        });
    }

    private static List<Outcome> run(DocumentCopy document) throws IOException {
        return Suite.run(document.in(directory), sender);
    }
}
