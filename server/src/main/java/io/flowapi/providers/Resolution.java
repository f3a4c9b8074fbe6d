package io.flowapi.providers;

import io.flowapi.api.model.TargetError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the network says about a send whose answer is missing. */
public sealed interface Resolution {

    /** It is there. */
    record Found(String providerPostId, @Nullable String url, Instant publishedAt) implements Resolution {}

    /**
     * It is not there, and sending the same frozen request again is safe.
     *
     * @param mayComeUntil until when the request may still be at work, so that nobody may say that it never comes out; null
     *     when it is not
     */
    record Absent(Duration retryAfter, @Nullable Instant mayComeUntil) implements Resolution {

        public Absent(Duration retryAfter) {
            this(retryAfter, null);
        }

        /** Until when it may come after the network was asked then; null when it cannot. */
        public @Nullable Instant mayComeAfter(Instant asked) {
            return mayComeUntil != null && asked.isBefore(mayComeUntil) ? mayComeUntil : null;
        }
    }

    /**
     * Nobody can be asked; but sending the same frozen request again is safe, and tells.
     *
     * @param mayComeUntil until when the request may still be at work
     */
    record SendAgain(TargetError error, Duration retryAfter, Instant mayComeUntil) implements Resolution {}

    /** It is not known yet; ask again later. */
    record Undecided(TargetError error, Duration retryAfter) implements Resolution {}

    /** It was looked for and is not shown, which proves nothing yet: it is counted, and the next look is told. */
    record NotShown(TargetError error, Duration retryAfter) implements Resolution {}

    /** Asking again tells nothing: only a person can find out. */
    record Untold(TargetError error) implements Resolution {}

    /** It is not there, and sending it again would be refused for good. */
    record Refused(TargetError error) implements Resolution {}
}
