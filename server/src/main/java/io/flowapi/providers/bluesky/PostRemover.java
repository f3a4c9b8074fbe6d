package io.flowapi.providers.bluesky;

import io.flowapi.platform.http.Json;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Deletion;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.PublishedPost;
import io.flowapi.providers.bluesky.SessionCalls.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deletes a post. The server says yes as well when there was none. */
final class PostRemover {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);

    /** Such as {@code at://did:plc:abc/app.bsky.feed.post/3k2}. A person who settled a target may have given anything. */
    private static final Pattern URI =
            Pattern.compile("at://(did:[^/]+)/" + Pattern.quote(PutRecord.COLLECTION) + "/([^/]+)");

    private final BlueskySessions sessions;
    private final SessionCalls calls;

    PostRemover(BlueskySessions sessions, SessionCalls calls) {
        this.sessions = sessions;
        this.calls = calls;
    }

    Deletion delete(PublishedPost post) {
        Credentials credentials = sessions.credentials(post.channelId()).orElse(null);
        if (credentials == null) {
            return new Deletion.Failed(NetworkFailures.channelGone());
        }
        Matcher uri = URI.matcher(post.providerPostId());
        if (!uri.matches() || !uri.group(1).equals(credentials.did())) {
            return new Deletion.Failed(NetworkFailures.notOfThisAccount());
        }
        var procedure = new SessionCalls.Procedure("com.atproto.repo.deleteRecord", json(uri));
        return switch (calls.call(post.channelId(), procedure, Deadline.in(TOTAL_MAX))) {
            case Outcome.NoSession(SessionAnswer.Missing missing) -> new Deletion.Failed(missing.error());
            case Outcome.Answered(NetworkAnswer answer) -> deletion(answer);
        };
    }

    private static Deletion deletion(NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done -> new Deletion.Gone();
            case NetworkAnswer.Unclear unclear -> new Deletion.Failed(NetworkFailures.unusable(unclear));
            case NetworkAnswer.NotSent notSent -> new Deletion.Failed(NetworkFailures.notSent(notSent));
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() -> new Deletion.Failed(NetworkFailures.rateLimited(refusal));
            case NetworkAnswer.Refused refusal
            when XrpcErrors.token(refusal) -> new Deletion.Failed(Failures.sessionRefused(refusal));
            case NetworkAnswer.Refused refusal
            when XrpcErrors.account(refusal) -> new Deletion.Failed(Failures.accountGone(refusal));
            case NetworkAnswer.Refused refusal -> new Deletion.Failed(NetworkFailures.unexpected(refusal));
        };
    }

    private static String json(Matcher uri) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("repo", uri.group(1));
        body.put("collection", PutRecord.COLLECTION);
        body.put("rkey", uri.group(2));
        return Json.text(body);
    }
}
