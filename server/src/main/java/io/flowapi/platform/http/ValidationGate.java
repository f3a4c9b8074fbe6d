package io.flowapi.platform.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import java.util.List;

/** Holds every request to the document, before any handler sees it. */
public final class ValidationGate implements Gate {

    private final OpenApiInteractionValidator validator;

    /** @param document the bundled OpenAPI document, as YAML text */
    public ValidationGate(String document) {
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .withLevelResolver(LevelResolver.create()
                        // Only what the document forbids is unknown: the validator would forbid it everywhere.
                        .withLevel("validation.schema.additionalProperties", Level.IGNORE)
                        .withLevel("validation.request.parameter.query.unexpected", Level.ERROR)
                        // Read below, and it would refuse whoever takes JSON where only problems have a body.
                        .withLevel("validation.request.accept", Level.IGNORE)
                        // The key is checked by its own gate, which can tell a wrong one.
                        .withLevel("validation.request.security", Level.IGNORE)
                        .build())
                .build();
    }

    @Override
    public void admit(Exchange exchange) {
        if (!exchange.operation().authenticated()) {
            // A probe is answered whatever it sends along.
            return;
        }
        if (!AcceptHeader.of(exchange.input().headers()).takesJson()) {
            throw new RefusedException(ValidationMessages.notAcceptable());
        }
        List<ValidationReport.Message> broken =
                validator
                        .validateRequest(new ValidatedRequest(exchange.input(), exchange.operation()))
                        .getMessages()
                        .stream()
                        .filter(message -> message.getLevel() == Level.ERROR)
                        .toList();
        if (!broken.isEmpty()) {
            throw new RefusedException(ValidationMessages.refusal(broken));
        }
    }
}
