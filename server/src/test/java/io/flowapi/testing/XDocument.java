package io.flowapi.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** X's own OpenAPI document, where it is at hand: what it does not allow X does not take. */
public final class XDocument {

    private static final String FILE = "x-openapi.json";

    private static final Optional<OpenApiInteractionValidator> VALIDATOR =
            TestData.file(FILE).map(XDocument::read);

    static {
        if (VALIDATOR.isEmpty()) {
            System.out.println(
                    "note: requests to X are not held to X's document: " + FILE + " is not at hand (FLOW_TEST_DATA)");
        }
    }

    private XDocument() {}

    private static OpenApiInteractionValidator read(Path file) {
        try {
            return OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(file))
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                            .build())
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static boolean isAtHand() {
        return VALIDATOR.isPresent();
    }

    /**
     * What is wrong with a request, all of it; nothing where the document is not at hand.
     *
     * @param body empty for none
     */
    public static List<String> violations(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        return VALIDATOR
                .map(validator -> violations(validator, request(method, path, query, headers, body)))
                .orElse(List.of());
    }

    private static List<String> violations(OpenApiInteractionValidator validator, SimpleRequest request) {
        return validator.validateRequest(request).getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .map(ValidationReport.Message::toString)
                .toList();
    }

    private static SimpleRequest request(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(method, path);
        query.forEach(request::withQueryParam);
        headers.forEach(request::withHeader);
        return body.isEmpty() ? request.build() : request.withBody(body).build();
    }
}
