package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.ProviderRequest;
import io.flowapi.providers.x.AccountCalls.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks through what an account has posted for a frozen post. */
final class Timeline {

    private static final int PAGES_MAX = 10;

    /** A hundred posts with all that is shown of their links could be more than an answer may have. */
    private static final int PAGE_SIZE = 50;

    private static final Pattern PAGE_TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final String apiUrl;
    private final AccountCalls calls;

    Timeline(String apiUrl, AccountCalls calls) {
        this.apiUrl = apiUrl;
        this.calls = calls;
    }

    /** What came of looking. */
    sealed interface Look {

        record Found(String id, Instant createdAt) implements Look {}

        /** All that is shown since it was prepared was seen. */
        record Missing() implements Look {}

        /** @param retryAfter what X asked for; null when it is ours to choose */
        record Failed(TargetError error, @Nullable Duration retryAfter, boolean untilSomebodyActs) implements Look {

            static Failed of(Outcome outcome) {
                return switch (outcome) {
                    case Outcome.NoToken(TargetError error, Duration retryAfter, boolean untilSomebodyActs) ->
                        new Failed(error, retryAfter, untilSomebodyActs);
                    case Outcome.Answered(NetworkAnswer answer) -> of(answer);
                };
            }

            private static Failed of(NetworkAnswer answer) {
                return switch (answer) {
                    case NetworkAnswer.Refused refusal ->
                        new Failed(Failures.unread(refusal), refusal.retryAfter(), Failures.becauseOfAccount(refusal));
                    case NetworkAnswer.Unclear unclear -> new Failed(NetworkFailures.unusable(unclear), null, false);
                    case NetworkAnswer.NotSent notSent -> new Failed(NetworkFailures.notSent(notSent), null, false);
                    case NetworkAnswer.Done done -> new Failed(NetworkFailures.notAnAnswer(done), null, false);
                };
            }
        }
    }

    Look find(UUID channel, Account account, FrozenPost wanted, Deadline deadline) {
        String since = wanted.earliest().truncatedTo(ChronoUnit.SECONDS).toString();
        String url = apiUrl + "/2/users/" + account.id() + "/tweets?max_results=" + PAGE_SIZE + "&start_time=" + since
                + "&exclude=retweets&post.fields=conversation_id,created_at,entities,note_post,text";
        String next = "";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Outcome outcome =
                    calls.call(channel, ProviderRequest.of("GET", url + next, Map.of(), ""), answer -> {}, deadline);
            JsonNode page = page(outcome).orElse(null);
            if (page == null) {
                return Look.Failed.of(outcome);
            }
            for (JsonNode post : page.path("data")) {
                Instant createdAt = time(post.path("created_at").asText(""));
                String id = post.path("id").asText("");
                if (createdAt == null || !Account.isId(id)) {
                    return Look.Failed.of(outcome);
                }
                if (isIt(wanted, account, post, createdAt)) {
                    return new Look.Found(id, createdAt);
                }
            }
            String token = page.at("/meta/next_token").asText("");
            if (token.isEmpty()) {
                return new Look.Missing();
            }
            next = "&pagination_token=" + token;
        }
        return new Look.Failed(Failures.tooManySince(), null, false);
    }

    /** A whole page of the timeline: one with errors, or without its count, does not show all that there is. */
    private static Optional<JsonNode> page(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered(NetworkAnswer.Done done))) {
            return Optional.empty();
        }
        JsonNode page = done.body();
        JsonNode count = page.at("/meta/result_count");
        String token = page.at("/meta/next_token").asText("");
        boolean whole = count.isInt()
                && count.intValue() == page.path("data").size()
                && page.path("errors").isEmpty()
                && (token.isEmpty() || PAGE_TOKEN.matcher(token).matches());
        return whole ? Optional.of(page) : Optional.empty();
    }

    /** The account's own, no older than the request, a reply when that was one, and with the same text. */
    private static boolean isIt(FrozenPost wanted, Account account, JsonNode post, Instant createdAt) {
        String author = post.path("author_id").asText(account.id());
        String id = post.path("id").asText("");
        // Only a reply stands in the conversation of another.
        boolean reply =
                !post.path("conversation_id").asText(wanted.isReply() ? "" : id).equals(id);
        return author.equals(account.id())
                && !createdAt.isBefore(wanted.earliest())
                && reply == wanted.isReply()
                && ShownText.same(wanted, post);
    }

    private static @Nullable Instant time(String written) {
        try {
            return OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
