package io.flowapi.client;

import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.Problem;
import io.flowapi.client.model.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server answered that it did not do what was asked. A subclass tells the family; {@link #code()} tells exactly what
 * was refused, unless something between client and server answered in its place.
 */
@SuppressWarnings("serial")
public class FlowApiException extends FlowException {

    private final transient ErrorAnswer answer;

    private FlowApiException(ErrorAnswer answer) {
        super(answer.message());
        this.answer = answer;
    }

    static FlowApiException of(ErrorAnswer answer) {
        return switch (answer.status()) {
            case 400 -> new BadRequest(answer);
            case 401 -> new Authentication(answer);
            case 403 -> new PermissionDenied(answer);
            case 404 -> new NotFound(answer);
            case 409 -> new Conflict(answer);
            case 422 -> new Validation(answer);
            case 429 -> new RateLimited(answer);
            default -> answer.status() >= 500 ? new Server(answer) : new FlowApiException(answer);
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

    /** 400: the request cannot be read. */
    public static final class BadRequest extends FlowApiException {
        private BadRequest(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 401: no API key, or one that is unknown, expired or revoked. */
    public static final class Authentication extends FlowApiException {
        private Authentication(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 403: the API key lacks the scope. */
    public static final class PermissionDenied extends FlowApiException {
        private PermissionDenied(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 404: there is no such thing in the mode of the API key. */
    public static final class NotFound extends FlowApiException {
        private NotFound(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 409: the state of the resource forbids it. */
    public static final class Conflict extends FlowApiException {
        private Conflict(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 422: the request breaks a rule; {@link #fieldErrors()} says where. */
    public static final class Validation extends FlowApiException {
        private Validation(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 429: too many requests. */
    public static final class RateLimited extends FlowApiException {
        private RateLimited(ErrorAnswer answer) {
            super(answer);
        }
    }

    /** 5xx: the server failed, or cannot serve now. */
    public static final class Server extends FlowApiException {
        private Server(ErrorAnswer answer) {
            super(answer);
        }
    }
}
