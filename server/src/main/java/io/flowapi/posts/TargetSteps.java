package io.flowapi.posts;

import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.jobs.JobQueue;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a worker writes down on a target's way out.
 *
 * @param unsent what becomes of it without a send
 * @param settlement what became of a send
 * @param doubts what was found out about a send that nobody knows the end of
 */
public record TargetSteps(ClaimedTargets claimed, Unsent unsent, Settlement settlement, Doubts doubts) {

    /** @param latenessMax how late a post may be and still go out; zero when that is no matter */
    public static TargetSteps of(
            PostStore posts,
            ChannelStore channels,
            TargetOutcomes outcomes,
            JobQueue queue,
            InstantSource clock,
            Duration latenessMax) {
        ClaimedTargets claimed = new ClaimedTargets(posts, queue);
        Doubts doubts = new Doubts(claimed, posts, outcomes, queue, clock, latenessMax);
        return new TargetSteps(
                claimed,
                new Unsent(claimed, posts, outcomes, queue, clock, latenessMax),
                new Settlement(claimed, posts, channels, outcomes, queue, doubts, clock),
                doubts);
    }
}
