package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.ChannelQuotas;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import io.flowapi.providers.x.AccountCalls.Outcome;
import io.flowapi.providers.x.Timeline.Look;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends a frozen post. Where one of before may have been taken it is looked for first. */
final class PostSender {

    /** Each for itself: a slow look must not leave the send too little time for its answer. */
    private static final Duration LOOK_MAX = Duration.ofSeconds(15);

    private static final Duration SEND_MAX = Duration.ofSeconds(15);

    private final String apiUrl;
    private final AccountCalls calls;
    private final Timeline timeline;
    private final ChannelQuotas quotas;

    PostSender(String apiUrl, AccountCalls calls, Timeline timeline, ChannelQuotas quotas) {
        this.apiUrl = apiUrl;
        this.calls = calls;
        this.timeline = timeline;
        this.quotas = quotas;
    }

    /** What is sent, but for the token. */
    ProviderRequest request(FrozenPost post) {
        return ProviderRequest.of("POST", apiUrl + "/2/tweets", Map.of(), post.body());
    }

    PublishOutcome publish(Account account, Sending sending) {
        FrozenPost post = FrozenPost.read(sending.request());
        Look look = sending.mayBeThere()
                ? timeline.find(sending.channelId(), account, post, Deadline.in(LOOK_MAX))
                : new Look.Missing();
        return switch (look) {
            case Look.Found found -> new PublishOutcome.Published(found.id(), account.urlOf(found.id()));
            case Look.Failed(TargetError error, Duration retryAfter, boolean untilSomebodyActs) ->
                notSent(sending, error, retryAfter, untilSomebodyActs);
            case Look.Missing _ -> send(account, sending, post);
        };
    }

    private PublishOutcome send(Account account, Sending sending, FrozenPost post) {
        Outcome outcome = calls.call(
                sending.channelId(),
                request(post),
                answer -> quotas.heard(sending.channelId(), answer),
                Deadline.in(SEND_MAX));
        return switch (outcome) {
            case Outcome.NoToken(TargetError error, Duration retryAfter, boolean untilSomebodyActs) ->
                notSent(sending, error, retryAfter, untilSomebodyActs);
            case Outcome.Answered(NetworkAnswer answer) -> outcome(account, sending, answer);
        };
    }

    private static PublishOutcome outcome(Account account, Sending sending, NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done -> published(account, done);
            case NetworkAnswer.Unclear unclear -> new PublishOutcome.Unknown(NetworkFailures.unknown(unclear));
            case NetworkAnswer.NotSent notSent -> notSent(sending, NetworkFailures.notSent(notSent), null, false);
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() && !Failures.isCapped(refusal) ->
                notSent(sending, NetworkFailures.rateLimited(refusal), refusal.retryAfter(), false);
            case NetworkAnswer.Refused refusal
            when Failures.isDuplicate(refusal) -> ReadBack.duplicate(sending, Failures.postRefused(refusal));
            case NetworkAnswer.Refused refusal -> new PublishOutcome.Rejected(Failures.postRefused(refusal));
        };
    }

    /** Whatever errors stand beside it: a post that has a number is there. */
    private static PublishOutcome published(Account account, NetworkAnswer.Done done) {
        JsonNode id = done.body().at("/data/id");
        return Account.isId(id.asText(""))
                ? new PublishOutcome.Published(id.asText(), account.urlOf(id.asText()), done.response())
                : new PublishOutcome.Unknown(NetworkFailures.notAnAnswer(done));
    }

    private static PublishOutcome notSent(
            Sending sending, TargetError error, @Nullable Duration asked, boolean untilSomebodyActs) {
        return untilSomebodyActs
                ? new PublishOutcome.Rejected(error)
                : new PublishOutcome.NotSent(error, asked == null ? Waits.afterNotSent(sending.attempt()) : asked);
    }
}
