package io.flowapi.client;

import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.Problem;
import io.flowapi.client.model.ProblemCode;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server answered that it did not do what was asked. A subclass tells the family; {@link #code()} tells exactly what
 * was refused, unless something between client and server answered in its place. A status without a subclass is thrown as
 * this class itself.
 */
@SuppressWarnings("serial")
public class FlowApiException extends FlowException {

    private final transient ErrorAnswer answer;

    FlowApiException(ErrorAnswer answer) {
        super(answer.message());
        this.answer = answer;
    }

    static FlowApiException of(ErrorAnswer answer) {
        return switch (answer.status()) {
            case 400 -> new BadRequestException(answer);
            case 401 -> new AuthenticationException(answer);
            case 403 -> new PermissionDeniedException(answer);
            case 404 -> new NotFoundException(answer);
            case 409 -> new ConflictException(answer);
            case 412 -> new PreconditionFailedException(answer);
            case 422 -> new ValidationException(answer);
            case 429 -> new RateLimitException(answer);
            default -> answer.status() >= 500 ? new ServerException(answer) : new FlowApiException(answer);
        };
    }

    public int status() {
        return answer.status();
    }

    public Optional<ProblemCode> code() {
        return problem().map(Problem::code);
    }

    public Optional<String> detail() {
        return problem().map(Problem::detail);
    }

    /** What to change, field by field; empty when the refusal is not about fields. */
    public List<FieldError> fieldErrors() {
        return problem().map(Problem::errors).orElse(List.of());
    }

    /** Finds the request in the server's log. */
    public Optional<String> requestId() {
        return answer.requestId();
    }

    /** The headers of the answer. */
    public HttpHeaders headers() {
        return answer.headers();
    }

    /** Whether the same request can succeed later. */
    public boolean retryable() {
        return answer.retryable();
    }

    /** How long the server asks to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return answer.retryAfter();
    }

    /** The whole problem document. */
    public Optional<Problem> problem() {
        return answer.problem();
    }
}
