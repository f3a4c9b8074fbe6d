package io.flowapi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import au.com.dius.pact.provider.junitsupport.loader.NoPactsFoundException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Shows that {@link ServerProviderTest} can fail: runs it on contracts that the server does not keep. */
@Tag("one-database")
class BrokenContractProviderTest {

    private final String written = System.getProperty(Contract.FOLDER);

    @TempDir
    Path folder;

    private long interactions;

    @AfterEach
    void restore() {
        System.setProperty(Contract.FOLDER, written);
    }

    @Test
    void an_untouched_copy_is_kept() throws IOException {
        copy(getPost -> {});

        EngineExecutionResults results = verify();

        results.testEvents().assertStatistics(tests -> tests.failed(0).succeeded(interactions));
    }

    @Test
    void a_field_that_the_server_does_not_send_fails() throws IOException {
        copy(getPost -> content(getPost).put("likes", 3));

        EngineExecutionResults results = verify();

        assertOneFailure(results, "likes");
    }

    @Test
    void a_status_that_the_server_does_not_send_fails() throws IOException {
        copy(getPost -> response(getPost).put("status", 418));

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

    /** One operation is enough to see that a verification can fail. */
    private void copy(Consumer<JsonNode> change) throws IOException {
        Contract contract = Contract.written();
        contract.keep("getPost");
        interactions = contract.interactions().count();
        change.accept(getPost(contract));
        contract.write(folder);
    }

    private static JsonNode getPost(Contract contract) {
        return contract.interactions()
                .filter(one -> one.path("description").asText().equals("getPost"))
                .findAny()
                .orElseThrow();
    }

    private static ObjectNode response(JsonNode interaction) {
        return (ObjectNode) interaction.path("response");
    }

    private static ObjectNode content(JsonNode interaction) {
        return (ObjectNode) response(interaction).path("body").path("content");
    }

    private EngineExecutionResults verify() {
        System.setProperty(Contract.FOLDER, folder.toString());
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(ServerProviderTest.class))
                .execute();
    }

    private void assertOneFailure(EngineExecutionResults results, String reason) {
        results.testEvents().assertStatistics(tests -> tests.failed(1).succeeded(interactions - 1));
        assertThat(results.testEvents().failed().stream())
                .allSatisfy(event -> assertThat(event.getPayload().toString()).contains(reason));
    }
}
