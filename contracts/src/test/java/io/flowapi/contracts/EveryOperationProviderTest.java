package io.flowapi.contracts;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.installation.Build;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the contract to the document: an operation that no consumer has written down is not verified either. */
class EveryOperationProviderTest {

    /** @param path with names in braces */
    private record Operation(String id, String method, String path) {

        boolean is(JsonNode interaction) {
            JsonNode request = interaction.path("request");
            return Contract.operationId(interaction).equals(id)
                    && request.path("method").asText().equals(method)
                    && request.path("path").asText().matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    @Test
    void every_operation_of_the_document_succeeds_in_the_contract() throws IOException {
        Contract contract = Contract.written();
        Set<String> succeeding = operations().stream()
                .filter(operation -> contract.interactions().anyMatch(one -> operation.is(one) && succeeds(one)))
                .map(Operation::id)
                .collect(toSet());

        assertThat(operations()).extracting(Operation::id).isSubsetOf(succeeding);
    }

    private static boolean succeeds(JsonNode interaction) {
        return interaction.at("/response/status").asInt() / 100 == 2;
    }

    @Test
    void every_interaction_is_an_operation_of_the_document_and_says_which() throws IOException {
        List<Operation> operations = operations();

        assertThat(Contract.written().interactions())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(operations)
                        .as(one.path("description").asText())
                        .anyMatch(operation -> operation.is(one)));
    }

    private static List<Operation> operations() throws IOException {
        JsonNode paths = new YAMLMapper().readTree(Build.document()).path("paths");
        List<Operation> found = new ArrayList<>();
        paths.properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> found.add(new Operation(
                                method.getValue().path("operationId").asText(),
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey()))));
        return found;
    }
}
