package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.providers.Waits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads back what stands under the key of a frozen post. Posts are public: no session is needed, so that a post can be
 * found after its app password was revoked.
 */
final class PostReader {

    private static final int OK = 200;
    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);

    /** Servers and what stands before them give a request up after a minute at most. */
    private static final Duration AT_WORK_MAX = Duration.ofMinutes(2);

    private final BlueskySessions sessions;
    private final Xrpc xrpc;
    private final InstantSource clock;

    PostReader(BlueskySessions sessions, Xrpc xrpc, InstantSource clock) {
        this.sessions = sessions;
        this.xrpc = xrpc;
        this.clock = clock;
    }

    Resolution resolve(Sending sending) {
        Credentials credentials = sessions.credentials(sending.channelId()).orElse(null);
        if (credentials == null) {
            return undecided(sending, NetworkFailures.channelGone());
        }
        PutRecord post = PutRecord.read(sending.request());
        Map<String, String> place = new LinkedHashMap<>();
        place.put("repo", post.did());
        place.put("collection", PutRecord.COLLECTION);
        place.put("rkey", post.key());
        NetworkAnswer answer =
                xrpc.query(credentials.service(), "com.atproto.repo.getRecord", place, Deadline.in(TOTAL_MAX));
        return resolution(sending, post, answer);
    }

    private Resolution resolution(Sending sending, PutRecord post, NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.Done done
            when !done.text("uri").equals(post.uri()) -> undecided(sending, NetworkFailures.notAnAnswer(done));
            case NetworkAnswer.Done done
            when post.isIn(done.body().path("value")) -> new Resolution.Found(post.uri(), post.url(), post.createdAt());
            case NetworkAnswer.Done done -> new Resolution.Refused(Failures.otherRecord(OK, null));
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() ->
                new Resolution.Undecided(
                        NetworkFailures.unresolved(NetworkFailures.rateLimited(refusal)), refusal.retryAfter());
            // The only answer that proves it: a request that the server still holds back does no harm, because
            // sending the same again leaves one post.
            case NetworkAnswer.Refused refusal when refusal.error().equals("RecordNotFound") -> absent(sending);
            case NetworkAnswer.Refused refusal -> undecided(sending, Failures.unreadable(refusal));
            case NetworkAnswer.Unclear unclear -> undecided(sending, NetworkFailures.unusable(unclear));
            case NetworkAnswer.NotSent notSent -> undecided(sending, NetworkFailures.notSent(notSent));
        };
    }

    private Resolution absent(Sending sending) {
        return new Resolution.Absent(
                Waits.afterAbsence(sending.attempt()), sending.startedAt().plus(AT_WORK_MAX));
    }

    private Resolution undecided(Sending sending, TargetError looking) {
        return new Resolution.Undecided(
                NetworkFailures.unresolved(looking), Waits.beforeLookingAgain(sending.startedAt(), clock.instant()));
    }
}
