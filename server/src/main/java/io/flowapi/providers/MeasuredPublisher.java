package io.flowapi.providers;

import io.flowapi.api.model.Provider;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** A publisher whose answers are counted and timed. A call that throws is counted too: it is a fault. */
public record MeasuredPublisher(Publisher publisher, PublisherMeters meters) implements Publisher {

    @Override
    public Provider provider() {
        return publisher.provider();
    }

    @Override
    public String server(Handle tx, UUID channelId) {
        return publisher.server(tx, channelId);
    }

    @Override
    public Optional<PublishOutcome.NotSent> heldBack(Handle tx, UUID channelId) {
        return publisher.heldBack(tx, channelId);
    }

    @Override
    public List<Rule> rules(Handle tx, UUID channelId) {
        return publisher.rules(tx, channelId);
    }

    @Override
    public Preparation prepare(Content content) {
        return measured("prepare", () -> publisher.prepare(content), MeasuredPublisher::word);
    }

    @Override
    public Preparation preview(Content content, Deadline deadline) {
        return measured("preview", () -> publisher.preview(content, deadline), MeasuredPublisher::word);
    }

    @Override
    public Optional<ProviderRequest> request(UUID channelId, String frozen) {
        return publisher.request(channelId, frozen);
    }

    @Override
    public List<String> chosenWhenSent() {
        return publisher.chosenWhenSent();
    }

    @Override
    public PublishOutcome publish(Sending sending) {
        return measured("publish", () -> publisher.publish(sending), MeasuredPublisher::word);
    }

    @Override
    public Resolution resolve(Sending sending) {
        return measured("resolve", () -> publisher.resolve(sending), MeasuredPublisher::word);
    }

    @Override
    public Optional<String> idOf(Sending sending) {
        return publisher.idOf(sending);
    }

    @Override
    public Deletion delete(PublishedPost post) {
        return measured("delete", () -> publisher.delete(post), MeasuredPublisher::word);
    }

    private <T> T measured(String call, Supplier<T> ask, Function<T, String> word) {
        long started = System.nanoTime();
        String outcome = "fault";
        try {
            T answer = ask.get();
            outcome = word.apply(answer);
            return answer;
        } finally {
            meters.called(provider(), call, outcome, started);
        }
    }

    private static String word(Preparation preparation) {
        return switch (preparation) {
            case Preparation.Ready _ -> "ready";
            case Preparation.Failed(PublishOutcome outcome) -> word(outcome);
        };
    }

    private static String word(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Published _ -> "published";
            case PublishOutcome.Rejected _ -> "rejected";
            case PublishOutcome.Untold _ -> "untold";
            case PublishOutcome.NotSent _ -> "not_sent";
            case PublishOutcome.Unknown _ -> "unknown";
        };
    }

    private static String word(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found _ -> "found";
            case Resolution.Absent _ -> "absent";
            case Resolution.SendAgain _ -> "send_again";
            case Resolution.Undecided _ -> "undecided";
            case Resolution.NotShown _ -> "not_shown";
            case Resolution.Untold _ -> "untold";
            case Resolution.Refused _ -> "refused";
        };
    }

    private static String word(Deletion deletion) {
        return switch (deletion) {
            case Deletion.Gone _ -> "gone";
            case Deletion.Failed _ -> "failed";
        };
    }
}
