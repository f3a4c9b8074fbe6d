package io.flowapi.providers.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Redaction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks through an account's statuses for a frozen one. */
final class Timeline {

    private static final int PAGES_MAX = 10;

    /** A page of statuses, each with all that is shown of its account, stays well below what an answer may have. */
    private static final int PAGE_SIZE = 20;

    private static final int URL_LENGTH_MAX = 2048;

    /** What can stand in a path, as it is. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final MastodonApi api;

    Timeline(MastodonApi api) {
        this.api = api;
    }

    /** What came of looking. */
    sealed interface Look {

        record Found(Shown status) implements Look {}

        /** Everything newer than what was there before the first send was seen. */
        record Missing() implements Look {}

        /** @param retryAfter what the server asked for; null when it is ours to choose */
        record Failed(TargetError error, @Nullable Duration retryAfter, boolean untilSomebodyActs) implements Look {

            static Failed of(NetworkAnswer answer) {
                return switch (answer) {
                    case NetworkAnswer.Refused refusal ->
                        new Failed(
                                Failures.unread(refusal),
                                refusal.retryAfter(),
                                !refusal.rateLimited() && Failures.becauseOfAccount(refusal));
                    case NetworkAnswer.Unclear unclear -> new Failed(NetworkFailures.unusable(unclear), null, false);
                    case NetworkAnswer.NotSent notSent -> new Failed(NetworkFailures.notSent(notSent), null, false);
                    case NetworkAnswer.Done done -> new Failed(NetworkFailures.notAnAnswer(done), null, false);
                };
            }
        }
    }

    /** A status as an instance shows it. */
    record Shown(String id, @Nullable String url, @Nullable Instant createdAt) {

        static Optional<Shown> of(JsonNode status) {
            String id = status.path("id").asText("");
            return isId(id)
                    ? Optional.of(new Shown(
                            id, url(status), time(status.path("created_at").asText(""))))
                    : Optional.empty();
        }

        private static @Nullable String url(JsonNode status) {
            String url = status.path("url").asText("");
            return url.length() <= URL_LENGTH_MAX && url.matches("https?://[!-~]+") ? url : null;
        }

        private static @Nullable Instant time(String written) {
            try {
                return OffsetDateTime.parse(written).toInstant();
            } catch (DateTimeException unreadable) {
                return null;
            }
        }
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The id of the newest status; empty text when there is none, and nothing when it could not be read. */
    sealed interface Newest {

        record Id(String id) implements Newest {}

        record Unread(Look.Failed why) implements Newest {}
    }

    Newest newest(Credentials credentials, Deadline deadline) {
        NetworkAnswer answer = api.statuses(credentials, "limit=1", deadline);
        if (!(answer instanceof NetworkAnswer.Done(JsonNode page, Redaction _, var _)) || !page.isArray()) {
            return new Newest.Unread(Look.Failed.of(answer));
        }
        if (page.isEmpty()) {
            return new Newest.Id("");
        }
        String id = page.get(0).path("id").asText("");
        return isId(id) ? new Newest.Id(id) : new Newest.Unread(Look.Failed.of(answer));
    }

    Look find(Credentials credentials, FrozenStatus wanted, Deadline deadline) {
        String since = wanted.after().isEmpty() ? "" : "&since_id=" + wanted.after();
        String older = "";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            NetworkAnswer answer = api.statuses(credentials, "limit=" + PAGE_SIZE + since + older, deadline);
            if (!(answer instanceof NetworkAnswer.Done(JsonNode page, Redaction _, var _)) || !page.isArray()) {
                return Look.Failed.of(answer);
            }
            if (page.isEmpty()) {
                return new Look.Missing();
            }
            for (JsonNode status : page) {
                Shown shown = Shown.of(status).orElse(null);
                if (shown == null) {
                    return Look.Failed.of(answer);
                }
                if (wanted.isIn(status)) {
                    return new Look.Found(shown);
                }
                older = "&max_id=" + shown.id();
            }
        }
        return new Look.Failed(Failures.tooManySince(), null, false);
    }
}
