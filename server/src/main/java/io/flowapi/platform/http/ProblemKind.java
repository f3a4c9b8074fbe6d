package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;

/** What is the same for every problem of one code. */
public record ProblemKind(int status, String title, boolean retryable) {

    /** The table behind docs/errors.md. A code added to the document does not compile until it stands here. */
    public static ProblemKind of(ProblemCode code) {
        return switch (code) {
            case MALFORMED_REQUEST -> once(400, "Malformed request");
            case MALFORMED_JSON -> once(400, "Malformed JSON");
            case INVALID_PARAMETER -> once(400, "Invalid parameter or header");
            case MISSING_API_KEY -> once(401, "No API key");
            case INVALID_API_KEY -> once(401, "Invalid API key");
            case INSUFFICIENT_SCOPE -> once(403, "Insufficient scope");
            case ROUTE_NOT_FOUND -> once(404, "No such route");
            case NOT_FOUND -> once(404, "Not found");
            case METHOD_NOT_ALLOWED -> once(405, "Method not allowed");
            case NOT_ACCEPTABLE -> once(406, "Not acceptable");
            case IDEMPOTENCY_IN_PROGRESS -> again(409, "Request in progress");
            case POST_NOT_PUBLISHABLE -> once(409, "Post cannot be published");
            case POST_NOT_CANCELLABLE -> once(409, "Post cannot be cancelled");
            case POST_NOT_DELETABLE -> once(409, "Post cannot be deleted");
            case POST_NOT_DELETED -> again(409, "Post not deleted");
            case CHANNEL_IN_USE -> once(409, "Channel in use");
            case BODY_TOO_LARGE -> once(413, "Body too large");
            case TARGET_TOO_LONG -> once(414, "Request target too long");
            case UNSUPPORTED_MEDIA_TYPE -> once(415, "Unsupported media type");
            case VALIDATION_FAILED -> once(422, "Validation failed");
            case IDEMPOTENCY_KEY_REUSED -> once(422, "Idempotency key reused");
            case HEADERS_TOO_LARGE -> once(431, "Headers too large");
            case INTERNAL_ERROR -> again(500, "Internal error");
            case OVERLOADED -> again(503, "Overloaded");
            case DATABASE_TIMEOUT -> again(503, "Database timeout");
            case DATABASE_UNAVAILABLE -> again(503, "Database unavailable");
            case STORAGE_EXHAUSTED -> again(503, "Storage exhausted");
        };
    }

    private static ProblemKind once(int status, String title) {
        return new ProblemKind(status, title, false);
    }

    private static ProblemKind again(int status, String title) {
        return new ProblemKind(status, title, true);
    }
}
