package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.flowapi.installation.Build;
import java.util.Set;

/** Holds every answer of every test to the document: status, content type and body; and notes which there were. */
public final class DocumentCheck {

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(Build.document())
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.schema.additionalProperties", Level.IGNORE)
                            .withLevel("validation.response.contentType.notAllowed", Level.ERROR)
                            .build())
                    .build();

    /** Not an operation: the document has no place for the answer, which must be a refusal. */
    private static final Set<String> NO_OPERATION =
            Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

    private static final SeenAnswers SEEN = SeenAnswers.ofThisJvm();

    private static final int METHOD_NOT_ALLOWED = 405;

    private DocumentCheck() {}

    /** Holds an answer to the document. */
    public static void check(String method, String target, Answer answer) {
        String path = target.replaceFirst("\\?.*", "");
        if (method.equals("HEAD")) {
            checkHead(path, answer);
            return;
        }
        if (answer.status() == METHOD_NOT_ALLOWED && Documented.of(method, path).isEmpty()) {
            return; // The validator would hold it to the operation whose id the last word could be.
        }
        SimpleResponse.Builder shown = SimpleResponse.Builder.status(answer.status());
        answer.headers().map().forEach((name, values) -> shown.withHeader(name, values.toArray(String[]::new)));
        if (answer.bytes().length > 0) {
            shown.withBody(answer.text());
        }
        ValidationReport report = VALIDATOR.validateResponse(path, Request.Method.valueOf(method), shown.build());
        assertThat(report.getMessages().stream()
                        .filter(message -> message.getLevel() == Level.ERROR)
                        .filter(message -> answer.status() < 400 || !NO_OPERATION.contains(message.getKey())))
                .as("%s %s answered %s, which breaks the document", method, target, answer.text())
                .isEmpty();
        Documented.of(method, path).ifPresent(operation -> SEEN.add(operation.id(), answer.status()));
    }

    /** The document says nothing of it: it is what a GET would have been, without its body. */
    private static void checkHead(String path, Answer answer) {
        assertThat(answer.bytes()).as("the body of a HEAD").isEmpty();
        Documented.of("GET", path)
                .ifPresent(get -> assertThat(get.statuses()).as("HEAD %s", path).contains(answer.status()));
    }
}
