package io.flowapi.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.installation.Build;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what consumers wrote down to the document: nobody may rely on what it does not promise. */
class PactsInDocumentTest {

    /** Bad requests are written down to see how they are refused. */
    private static final Set<Integer> BROKEN_ON_PURPOSE = Set.of(400, 422);

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(Build.document())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                            .withLevel("validation.response.contentType.notAllowed", Level.ERROR)
                            // A consumer writes down only what it needs of an answer.
                            .withLevel("validation.response.body.schema.required", Level.IGNORE)
                            .build())
                    .build();

    @Test
    void keeps_every_interaction_within_the_document() throws IOException {
        List<JsonNode> interactions = Contract.written().interactions().toList();

        assertThat(interactions).isNotEmpty();
        assertThat(interactions)
                .allSatisfy(interaction -> assertThat(broken(interaction))
                        .as(interaction.path("description").asText())
                        .isEmpty());
    }

    @Test
    void sees_a_field_of_an_answer_that_the_document_does_not_know() throws IOException {
        JsonNode interaction = succeeding("getPost");
        content(interaction, "response").put("likes", 3);

        assertThat(broken(interaction)).singleElement().asString().contains("likes");
    }

    @Test
    void sees_a_field_of_a_request_that_the_document_does_not_know() throws IOException {
        JsonNode interaction = succeeding("createPost");
        content(interaction, "request").put("colour", "red");

        assertThat(broken(interaction))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault).contains("colour"));
    }

    @Test
    void sees_a_status_that_the_document_does_not_know() throws IOException {
        JsonNode interaction = succeeding("getPost");
        ((ObjectNode) interaction.path("response")).put("status", 418);

        assertThat(broken(interaction)).singleElement().asString().contains("418");
    }

    @Test
    void sees_a_path_that_the_document_does_not_know() throws IOException {
        JsonNode interaction = succeeding("getCaller");
        ((ObjectNode) interaction.path("request")).put("path", "/v1/you");

        assertThat(broken(interaction)).isNotEmpty();
    }

    private static JsonNode succeeding(String operationId) throws IOException {
        return Contract.written()
                .interactions()
                .filter(interaction -> Contract.operationId(interaction).equals(operationId))
                .filter(interaction -> interaction.at("/response/status").asInt() < 300)
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode content(JsonNode interaction, String side) {
        return (ObjectNode) interaction.path(side).path("body").path("content");
    }

    /** In what the interaction breaks the document. */
    private static List<String> broken(JsonNode interaction) {
        JsonNode request = interaction.path("request");
        JsonNode response = interaction.path("response");
        ValidationReport asked =
                BROKEN_ON_PURPOSE.contains(response.path("status").asInt())
                        ? ValidationReport.empty()
                        : VALIDATOR.validateRequest(request(request));
        ValidationReport answered =
                VALIDATOR.validateResponse(request.path("path").asText(), method(request), response(response));
        return Stream.concat(asked.getMessages().stream(), answered.getMessages().stream())
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .toList();
    }

    private static Request.Method method(JsonNode request) {
        return Request.Method.valueOf(request.path("method").asText());
    }

    private static Request request(JsonNode written) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(method(written), written.path("path").asText());
        written.path("headers")
                .properties()
                .forEach(header -> request.withHeader(header.getKey(), texts(header.getValue())));
        written.path("query")
                .properties()
                .forEach(query -> request.withQueryParam(query.getKey(), texts(query.getValue())));
        if (written.has("body")) {
            request.withBody(written.path("body").path("content").toString());
        }
        return request.build();
    }

    private static SimpleResponse response(JsonNode written) {
        SimpleResponse.Builder response =
                SimpleResponse.Builder.status(written.path("status").asInt());
        written.path("headers")
                .properties()
                .forEach(header -> response.withHeader(header.getKey(), texts(header.getValue())));
        if (written.has("body")) {
            response.withBody(written.path("body").path("content").toString());
        }
        return response.build();
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
