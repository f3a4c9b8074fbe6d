package io.flowapi.platform.http;

/** Ends a request with a refusal from wherever it is found out; inside a transaction it undoes it. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        // A refusal is an expected outcome: nobody reads its stack trace, and filling it in is slow.
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
