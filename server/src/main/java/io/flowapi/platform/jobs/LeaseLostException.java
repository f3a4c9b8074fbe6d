package io.flowapi.platform.jobs;

/** Another worker has the job by now: whatever this one found out must not be written. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(Claim claim) {
        super(claim.kind() + " " + claim.subject() + ": the lease was lost");
    }
}
