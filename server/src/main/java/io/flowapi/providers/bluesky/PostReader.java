package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
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
    private static final Duration WAIT_MIN = Duration.ofSeconds(2);
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

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
            return undecided(sending, Failures.channelGone());
        }
        PutRecord post = PutRecord.read(sending.request());
        Map<String, String> place = new LinkedHashMap<>();
        place.put("repo", post.did());
        place.put("collection", PutRecord.COLLECTION);
        place.put("rkey", post.key());
        XrpcAnswer answer =
                xrpc.query(credentials.service(), "com.atproto.repo.getRecord", place, Deadline.in(TOTAL_MAX));
        return resolution(sending, post, answer);
    }

    private Resolution resolution(Sending sending, PutRecord post, XrpcAnswer answer) {
        return switch (answer) {
            case XrpcAnswer.Done done
            when !done.text("uri").equals(post.uri()) -> undecided(sending, Failures.notAnAnswer(done));
            case XrpcAnswer.Done done
            when post.isIn(done.body().path("value")) -> new Resolution.Found(post.uri(), post.url(), post.createdAt());
            case XrpcAnswer.Done done -> new Resolution.Refused(Failures.otherRecord(OK, null));
            case XrpcAnswer.Refused refusal
            when refusal.rateLimited() ->
                new Resolution.Undecided(Failures.unresolved(Failures.rateLimited(refusal)), refusal.retryAfter());
            // The only answer that proves it: a request that the server still holds back does no harm, because
            // sending the same again leaves one post.
            case XrpcAnswer.Refused refusal
            when refusal.error().equals("RecordNotFound") -> new Resolution.Absent(sendAgainAfter(sending.attempt()));
            case XrpcAnswer.Refused refusal -> undecided(sending, Failures.unreadable(refusal));
            case XrpcAnswer.Unclear unclear -> undecided(sending, Failures.unusable(unclear));
            case XrpcAnswer.NotSent notSent -> undecided(sending, Failures.notSent(notSent));
        };
    }

    /** A second, 8, 64, and then 512: a server that takes no writes gets ten minutes to recover. */
    private static Duration sendAgainAfter(int attempt) {
        return Duration.ofSeconds(1L << 3 * Math.min(attempt - 1, 3));
    }

    /** Waits half as long again as it has been unknown: the number of calls stays small however long it lasts. */
    private Resolution undecided(Sending sending, TargetError looking) {
        TargetError error = Failures.unresolved(looking);
        Duration wait = Duration.between(sending.startedAt(), clock.instant()).dividedBy(2);
        if (wait.compareTo(WAIT_MIN) < 0) {
            return new Resolution.Undecided(error, WAIT_MIN);
        }
        return new Resolution.Undecided(error, wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX);
    }
}
