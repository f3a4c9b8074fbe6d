package io.flowapi.client;

import org.jspecify.annotations.Nullable;

/**
 * What came to a webhook is not to be believed, or is no event. Answer it with a 400; what genuine deliveries are refused for
 * is usually {@link Reason#TOO_OLD} (a clock that is wrong) or {@link Reason#WRONG_SIGNATURE} (another secret, or a body that
 * a framework has parsed and written again).
 */
@SuppressWarnings("serial")
public final class WebhookRefusedException extends FlowException {

    /** What is wrong. More may come. */
    public enum Reason {
        /** One of the headers webhook-id, webhook-timestamp and webhook-signature did not come. */
        MISSING_HEADER,
        /** One of them came more than once, and nobody knows which is meant. */
        REPEATED_HEADER,
        /** The id has characters that none has. */
        MALFORMED_ID,
        /** The timestamp is no whole number of seconds. */
        MALFORMED_TIMESTAMP,
        /** It was sent too long ago, if it is genuine: somebody may have kept it to send it again. */
        TOO_OLD,
        /** It was sent at a time that has not come. */
        IN_THE_FUTURE,
        /** The signatures are of versions that this client does not know. */
        UNSUPPORTED_SIGNATURE,
        /** What stands for a signature cannot be one. */
        MALFORMED_SIGNATURE,
        /** No signature was made of these bytes with one of the secrets. */
        WRONG_SIGNATURE,
        /** It is genuine, and no event that this client can read. */
        UNREADABLE_BODY
    }

    private final Reason reason;

    WebhookRefusedException(Reason reason, String message) {
        this(reason, message, null);
    }

    WebhookRefusedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
