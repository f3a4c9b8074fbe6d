package io.flowapi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import au.com.dius.pact.provider.junitsupport.loader.NoPactsFoundException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows that {@link ServerProviderTest} can fail: runs it on contracts that the server does not keep. */
class BrokenContractProviderTest {

    private static final String FOLDER = "pactfolder.path";
    private static final String PACT = "flow-client-java-flow-api.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String written = System.getProperty(FOLDER);

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        System.setProperty(FOLDER, written);
    }

    @Test
    void an_untouched_copy_is_kept() throws IOException {
        copy(pact -> {});

        EngineExecutionResults results = verify();

        results.testEvents().assertStatistics(tests -> tests.failed(0).succeeded(JavaClientConsumerTest.INTERACTIONS));
    }

    @Test
    void a_field_that_the_server_does_not_send_fails() throws IOException {
        copy(pact -> content(getPost(pact)).put("likes", 3));

        EngineExecutionResults results = verify();

        assertOneFailure(results, "likes");
    }

    @Test
    void a_status_that_the_server_does_not_send_fails() throws IOException {
        copy(pact -> response(getPost(pact)).put("status", 418));

        EngineExecutionResults results = verify();

        assertOneFailure(results, "418");
    }

    @Test
    void no_contract_at_all_fails() {
        EngineExecutionResults results = verify();

        assertThat(results.allEvents().failed().stream())
                .anySatisfy(event -> assertThat(event.getPayload().toString())
                        .contains(NoPactsFoundException.class.getSimpleName()));
    }

    private void copy(Consumer<JsonNode> change) throws IOException {
        JsonNode pact = JSON.readTree(new File(written, PACT));
        change.accept(pact);
        JSON.writeValue(folder.resolve(PACT).toFile(), pact);
    }

    private static JsonNode getPost(JsonNode pact) {
        for (JsonNode interaction : pact.path("interactions")) {
            if (interaction.path("description").asText().equals("getPost")) {
                return interaction;
            }
        }
        throw new AssertionError("getPost is not in the contract");
    }

    private static ObjectNode response(JsonNode interaction) {
        return (ObjectNode) interaction.path("response");
    }

    private static ObjectNode content(JsonNode interaction) {
        return (ObjectNode) response(interaction).path("body").path("content");
    }

    private EngineExecutionResults verify() {
        System.setProperty(FOLDER, folder.toString());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ServerProviderTest.class))
                .execute();
    }

    private static void assertOneFailure(EngineExecutionResults results, String reason) {
        results.testEvents()
                .assertStatistics(tests -> tests.failed(1).succeeded(JavaClientConsumerTest.INTERACTIONS - 1));
        assertThat(results.testEvents().failed().stream())
                .allSatisfy(event -> assertThat(event.getPayload().toString()).contains(reason));
    }
}
