package io.flowapi.providers;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.platform.db.Database;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that sends nothing while the network has said that it takes no more, and leaves a failing server alone. A
 * failure is a request that was not sent, an answer that did not come or was broken, and a 5xx; every other answer proves
 * that the server lives.
 */
public final class GuardedPublisher implements Publisher {

    /** Requests wait for deletions and previews: a network that hangs must not hold all of them. */
    private static final int IN_REQUESTS_MAX = 50;

    private static final int IN_REQUESTS_WAITING_MAX = 50;

    private static final String LEFT_ALONE =
            "The network failed " + CircuitBreaker.FAILURES_MAX + " times in a row and is left alone for a while.";

    private final Publisher publisher;
    private final CircuitBreakers breakers;
    private final ChannelQuotas quotas;
    private final Database database;
    private final Bulkhead inRequests;

    public GuardedPublisher(Publisher publisher, CircuitBreakers breakers, ChannelQuotas quotas, Database database) {
        this.publisher = publisher;
        this.database = database;
        this.breakers = breakers;
        this.quotas = quotas;
        this.inRequests = Bulkhead.builder()
                .name("requests that wait for " + publisher.provider().value())
                .limit(IN_REQUESTS_MAX)
                .queueLength(IN_REQUESTS_WAITING_MAX)
                .build();
    }

    @Override
    public Provider provider() {
        return publisher.provider();
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return publisher.server(tx, channelId);
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return publisher.rules(tx, channelId);
    }

    /** The breaker is asked last: whom it lets pass may be the trial. */
    @Override
    public Optional<PublishOutcome.NotSent> heldBack(Handle tx, UUID channelId) {
        return quotas.usedUp(tx, channelId)
                .map(wait -> new PublishOutcome.NotSent(usedUp(), wait))
                .or(() -> breakers.mustWait(line(tx, channelId, CircuitBreakers.Kind.SEND))
                        .map(wait -> new PublishOutcome.NotSent(
                                leftAlone("Nothing: it is sent when the network works."), wait)));
    }

    /** A request that could be made says nothing of the server: most are made without asking it. */
    @Override
    public Preparation prepare(Content content) {
        Preparation preparation = publisher.prepare(content);
        if (preparation instanceof Preparation.Failed(PublishOutcome outcome)) {
            tell(sends(content.channelId()), outcome);
        }
        return preparation;
    }

    /** It is never the trial: whether the network answers is found out by those who must know. */
    @Override
    public Preparation preview(Content content, Deadline deadline) {
        try {
            return inRequests.invoke(() -> previewUnlessLeftAlone(content, deadline));
        } catch (BulkheadException full) {
            return new Preparation.Failed(new PublishOutcome.NotSent(busy(), CircuitBreaker.OPEN_FOR));
        }
    }

    private Preparation previewUnlessLeftAlone(Content content, Deadline deadline) {
        CircuitBreakers.Line line = sends(content.channelId());
        if (!breakers.working(line)) {
            return new Preparation.Failed(new PublishOutcome.NotSent(
                    leftAlone("Look again in a minute, or send it: it goes out when the network works."),
                    CircuitBreaker.OPEN_FOR));
        }
        // What it comes to says nothing of the network: its time is that of whoever waits, and shared with others.
        return publisher.preview(content, deadline);
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return publisher.request(channelId, frozen);
    }

    @Override
    public List<String> chosenWhenSent() {
        return publisher.chosenWhenSent();
    }

    /** What it came to is told as it comes: failures are in a row only when no answer came between them. */
    @Override
    public PublishOutcome publish(Sending sending) {
        CircuitBreakers.Line line = sends(sending.channelId());
        PublishOutcome outcome = publisher.publish(sending);
        tell(line, outcome);
        return outcome;
    }

    @Override
    public Resolution resolve(Sending sending) {
        CircuitBreakers.Line line = line(sending.channelId(), CircuitBreakers.Kind.ASK);
        Optional<Duration> wait = breakers.mustWait(line);
        if (wait.isPresent()) {
            return new Resolution.Undecided(unresolved(), wait.get());
        }
        Resolution resolution = publisher.resolve(sending);
        switch (resolution) {
            case Resolution.Found _, Resolution.Absent _, Resolution.NotShown _, Resolution.Untold _ ->
                breakers.answered(line);
            case Resolution.SendAgain _ -> {
                // Nobody was asked.
            }
            case Resolution.Refused(TargetError error) -> tellRefused(line, error);
            case Resolution.Undecided(TargetError error, Duration _) -> tellUntold(line, error);
        }
        return resolution;
    }

    @Override
    public Optional<String> idOf(Sending sending) {
        return publisher.idOf(sending);
    }

    @Override
    public Deletion delete(PublishedPost post) {
        try {
            return inRequests.invoke(() -> deleteUnlessLeftAlone(post));
        } catch (BulkheadException full) {
            return new Deletion.Failed(busy());
        }
    }

    private Deletion deleteUnlessLeftAlone(PublishedPost post) {
        CircuitBreakers.Line line = sends(post.channelId());
        if (breakers.mustWait(line).isPresent()) {
            return new Deletion.Failed(leftAlone("Delete it again in a minute."));
        }
        Deletion deletion = publisher.delete(post);
        switch (deletion) {
            case Deletion.Gone _ -> breakers.answered(line);
            case Deletion.Failed(TargetError error) -> tell(line, error);
        }
        return deletion;
    }

    private void tell(CircuitBreakers.Line line, PublishOutcome outcome) {
        switch (outcome) {
            case PublishOutcome.Published _ -> breakers.answered(line);
            case PublishOutcome.Rejected(TargetError error) -> tellRefused(line, error);
            case PublishOutcome.Untold(TargetError error) -> tellRefused(line, error);
            case PublishOutcome.NotSent(TargetError error, Duration _) -> tellUntold(line, error);
            case PublishOutcome.Unknown(TargetError error) -> tell(line, error);
        }
    }

    /** A refusal of our own, such as of a channel without credentials, is no answer. */
    private void tellRefused(CircuitBreakers.Line line, TargetError error) {
        if (error.providerStatus() != null) {
            breakers.answered(line);
        }
    }

    /** A network that was asked, and does not know yet whether it has a post, has answered. */
    private void tellUntold(CircuitBreakers.Line line, TargetError error) {
        if (error.providerStatus() == null && error.category() == ErrorCategory.UNKNOWN) {
            breakers.answered(line);
        } else {
            tell(line, error);
        }
    }

    private void tell(CircuitBreakers.Line line, TargetError error) {
        if (isWhole(error.providerStatus())) {
            breakers.answered(line);
        } else if (error.providerStatus() != null || comesFromTheServer(error.category())) {
            breakers.failed(line);
        }
    }

    /** What did not go well although the server agreed was an answer in a form it should not have. */
    private static boolean isWhole(@Nullable Integer status) {
        return status != null && status >= 300 && status < 500;
    }

    private static boolean comesFromTheServer(ErrorCategory category) {
        return category == ErrorCategory.PROVIDER_ERROR || category == ErrorCategory.UNKNOWN;
    }

    private CircuitBreakers.Line sends(UUID channelId) {
        return line(channelId, CircuitBreakers.Kind.SEND);
    }

    private CircuitBreakers.Line line(UUID channelId, CircuitBreakers.Kind kind) {
        return database.read(tx -> line(tx, channelId, kind));
    }

    private CircuitBreakers.Line line(Handle tx, UUID channelId, CircuitBreakers.Kind kind) {
        return new CircuitBreakers.Line(provider(), server(tx, channelId), kind);
    }

    private static TargetError leftAlone(String remediation) {
        return error("breaker_open", LEFT_ALONE, remediation);
    }

    private static TargetError usedUp() {
        return new TargetError(
                ErrorCategory.RATE_LIMITED,
                "quota_used_up",
                "The network has said that it takes no more posts of this channel for now.",
                "Nothing: it is sent when the network allows it.",
                true,
                null,
                null);
    }

    private static TargetError unresolved() {
        return error(
                "breaker_open",
                "The post was sent, and whether the network took it is not known. " + LEFT_ALONE,
                "Nothing: it is being resolved.");
    }

    private static TargetError busy() {
        return error("provider_busy", "Too many requests wait for this network.", "Try again in a minute.");
    }

    private static TargetError error(String code, String message, String remediation) {
        return new TargetError(ErrorCategory.PROVIDER_ERROR, code, message, remediation, true, null, null);
    }
}
