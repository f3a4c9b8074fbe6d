package io.flowapi.providers;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to publish one target.
 *
 * @param attempt from 1
 * @param request as {@link Publisher#prepare} made it at the first attempt
 * @param startedAt when it was about to be sent
 * @param mayBeThere whether another attempt may have been taken: it was not proven that it was not sent, or refused. When
 *     this one itself is proven not to be there, the doubt is about one of before, and another is one more than that.
 * @param looks in vain, after this attempt
 * @param doubtedSince when the first of the attempts of before was sent that may have been taken, and that no person has
 *     settled; null when there is none
 */
public record Sending(
        UUID targetId,
        UUID channelId,
        int attempt,
        String request,
        Instant startedAt,
        boolean mayBeThere,
        Looks looks,
        @Nullable Instant doubtedSince) {

    public Sending(
            UUID targetId,
            UUID channelId,
            int attempt,
            String request,
            Instant startedAt,
            boolean mayBeThere,
            Looks looks) {
        this(targetId, channelId, attempt, request, startedAt, mayBeThere, looks, null);
    }

    public Sending(UUID targetId, UUID channelId, int attempt, String request, Instant startedAt, boolean mayBeThere) {
        this(targetId, channelId, attempt, request, startedAt, mayBeThere, Looks.NONE);
    }

    public Sending(UUID targetId, UUID channelId, int attempt, String request, Instant startedAt) {
        this(targetId, channelId, attempt, request, startedAt, attempt > 1);
    }

    /**
     * How often the network was looked at and did not show it ({@link Resolution.NotShown}).
     *
     * @param since when it was first; null when it was never
     */
    public record Looks(int times, @Nullable Instant since) {
        public static final Looks NONE = new Looks(0, null);
    }
}
