package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.NetworkRequest;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Content;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Publisher;
import io.flowapi.providers.Publishers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests that networks would be sent. Whatever must be asked for them is asked at once, and within this time. */
record Previews(Publishers publishers) {

    static final Duration TOTAL_MAX = Duration.ofSeconds(10);

    /** Of what would not be sent. */
    static final Supplier<Preview> NONE = () -> new Preview(null, null);

    /** At most one of the two. */
    record Preview(
            @Nullable NetworkRequest request, @Nullable TargetError unavailable) {

        static Preview unavailable(TargetError why) {
            return new Preview(null, why);
        }
    }

    Round round() {
        return new Round(publishers, Deadline.in(TOTAL_MAX));
    }

    /** What is asked for one post, together. */
    record Round(Publishers publishers, Deadline deadline) {

        /** Begins now; whoever wants it waits. What comes too late ends by itself, because each call has an end. */
        Supplier<Preview> begin(Provider network, Content content) {
            var task = new FutureTask<>(() -> preview(publishers.of(network), content));
            Thread.ofVirtual().name("preview").start(task);
            return () -> await(task);
        }

        private Preview await(FutureTask<Preview> task) {
            try {
                return task.get(Math.max(0, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException bug) {
                throw new IllegalStateException("A request could not be made.", bug.getCause());
            } catch (TimeoutException late) {
                return Preview.unavailable(tooLate());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Preview.unavailable(tooLate());
            }
        }

        private Preview preview(Publisher publisher, Content content) {
            return switch (publisher.preview(content, deadline)) {
                case Preparation.Failed(PublishOutcome outcome) -> Preview.unavailable(why(outcome));
                case Preparation.Ready(String frozen) ->
                    publisher
                            .request(content.channelId(), frozen)
                            .map(request -> new Preview(shown(request, publisher), null))
                            .orElseGet(() -> Preview.unavailable(NetworkFailures.channelGone()));
            };
        }
    }

    private static NetworkRequest shown(ProviderRequest request, Publisher publisher) {
        return new NetworkRequest(
                request.method(), request.url(), request.headers(), request.body(), publisher.chosenWhenSent());
    }

    private static TargetError why(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Rejected(TargetError error) -> error;
            case PublishOutcome.NotSent(TargetError error, Duration _) -> error;
            case PublishOutcome.Unknown(TargetError error) -> error;
            case PublishOutcome.Untold(TargetError error) -> error;
            case PublishOutcome.Published _ -> throw new IllegalStateException("a preview publishes nothing");
        };
    }

    private static TargetError tooLate() {
        return new TargetError(
                ErrorCategory.PROVIDER_ERROR,
                "provider_slow",
                "The network did not tell in time what the request needs.",
                "Look again later; a post that is sent is tried again.",
                true,
                null,
                null);
    }
}
