package io.flowapi.platform.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the queue is.
 *
 * @param due jobs that nobody has taken though their time has come
 * @param running jobs that some worker holds
 * @param dead jobs that were given up
 * @param oldestDue since when the one waits that waits longest; null when none is due
 * @param lastHeartbeat of any worker; null when none ever was
 */
record QueueFigures(
        long due,
        long running,
        long dead,
        @Nullable Instant oldestDue,
        @Nullable Instant lastHeartbeat) {}
