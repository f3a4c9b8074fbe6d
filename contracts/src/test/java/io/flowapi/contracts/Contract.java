package io.flowapi.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A copy of the pact that the consumer tests have written. */
record Contract(JsonNode pact) {

    /** Where the provider tests look for it. */
    static final String FOLDER = "pactfolder.path";

    private static final String FILE = "flow-client-java-flow-api.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Contract written() throws IOException {
        return new Contract(JSON.readTree(new File(System.getProperty(FOLDER), FILE)));
    }

    void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve(FILE).toFile(), pact);
    }

    Stream<JsonNode> interactions() {
        return StreamSupport.stream(pact.path("interactions").spliterator(), false);
    }

    /** Drops the interactions of all other operations. */
    void keep(String operationId) {
        Iterator<JsonNode> all = pact.path("interactions").iterator();
        while (all.hasNext()) {
            if (!operationId(all.next()).equals(operationId)) {
                all.remove();
            }
        }
    }

    /** A description begins with it. */
    static String operationId(JsonNode interaction) {
        return interaction.path("description").asText().split("\\W", 2)[0];
    }
}
