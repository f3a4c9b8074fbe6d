package io.flowapi.providers.sandbox;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.ids.Ids;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Publishes to the sandbox network. */
public final class SandboxPublisher implements Publisher {

    private static final Duration RATE_LIMIT_RESET = Duration.ofSeconds(1);

    private final Database database;
    private final SandboxLedger ledger;
    private final Ids ids;
    private final InstantSource clock;

    public SandboxPublisher(Database database, SandboxLedger ledger, Ids ids, InstantSource clock) {
        this.database = database;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.SANDBOX;
    }

    /** The network takes plain text. */
    @Override
    public String freeze(Sending.Content content) {
        return content.text();
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        SandboxScript script = SandboxScript.in(sending.request()).orElse(null);
        return switch (script) {
            case null -> published(append(sending));
            case RATE_LIMITED -> sending.attempt() == 1 ? rateLimited() : published(append(sending));
            case TIMEOUT -> {
                append(sending);
                yield new PublishOutcome.Unknown(error(
                        ErrorCategory.UNKNOWN,
                        "no_answer",
                        "The network did not answer.",
                        "Nothing: it is being resolved.",
                        null));
            }
            case SERVER_ERROR ->
                new PublishOutcome.Unknown(error(
                        ErrorCategory.PROVIDER_ERROR,
                        "server_error",
                        "The network answered 500.",
                        "Nothing: it is being resolved.",
                        500));
            case REJECTED ->
                new PublishOutcome.Rejected(error(
                        ErrorCategory.PROVIDER_REJECTED,
                        "rejected",
                        "The network refused the content.",
                        "Change the content.",
                        422));
            case AUTH_REVOKED ->
                new PublishOutcome.Rejected(error(
                        ErrorCategory.AUTH_EXPIRED,
                        "credentials_refused",
                        "The network refused the credentials.",
                        "Connect the channel again.",
                        401));
        };
    }

    /** The ledger is read in the same database it was written to: what is not there was not published. */
    @Override
    public Resolution resolve(Sending sending) {
        return database.read(tx -> ledger.byTarget(tx, sending.targetId()))
                .<Resolution>map(entry -> new Resolution.Found(entry.id().toString(), null, entry.createdAt()))
                .orElseGet(Resolution.Absent::new);
    }

    private SandboxEntry append(Sending sending) {
        SandboxEntry entry = new SandboxEntry(
                ids.next(), sending.channelId(), sending.targetId(), sending.request(), clock.instant());
        database.write(tx -> {
            ledger.append(tx, entry);
            return null;
        });
        return entry;
    }

    private static PublishOutcome published(SandboxEntry entry) {
        return new PublishOutcome.Published(entry.id().toString(), null);
    }

    private static PublishOutcome rateLimited() {
        TargetError error = error(
                ErrorCategory.RATE_LIMITED,
                "rate_limited",
                "The network asked to wait.",
                "Nothing: it is sent again.",
                429);
        return new PublishOutcome.NotSent(error, RATE_LIMIT_RESET);
    }

    private static TargetError error(
            ErrorCategory category, String code, String message, String remediation, @Nullable Integer providerStatus) {
        boolean retryable = category != ErrorCategory.PROVIDER_REJECTED && category != ErrorCategory.AUTH_EXPIRED;
        return new TargetError(category, code, message, remediation, retryable, providerStatus, null);
    }
}
