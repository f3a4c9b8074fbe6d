package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import java.util.List;
import java.util.Map;

/**
 * Why a request is not done: what becomes a problem document (RFC 9457) at the edge.
 *
 * @param detail a sentence for the developer who reads it; never SQL, a stack trace or a secret
 * @param headers sent with the answer, such as {@code Retry-After}
 */
public record Refusal(ProblemCode code, String detail, List<FieldError> errors, Map<String, String> headers) {

    public static Refusal of(ProblemCode code, String detail) {
        return new Refusal(code, detail, List.of(), Map.of());
    }

    /** A resource that does not exist for this caller, whatever the reason. */
    public static Refusal notFound(String what) {
        return of(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }

    /** JSON that breaks a rule of ours rather than the schema. */
    public static Refusal invalid(List<FieldError> errors) {
        return new Refusal(
                ProblemCode.VALIDATION_FAILED,
                "The request breaks " + Fields.rules(errors.size()) + ".",
                errors,
                Map.of());
    }

    public Refusal with(String header, String value) {
        return new Refusal(code, detail, errors, Map.of(header, value));
    }

    public ProblemKind kind() {
        return ProblemKind.of(code);
    }

    /** Holds a generated reply to the status it was declared with. */
    public void expect(int status) {
        if (kind().status() != status) {
            throw new IllegalArgumentException(code + " is not a " + status);
        }
    }
}
