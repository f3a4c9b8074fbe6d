package io.flowapi.platform.jobs;

import java.time.Instant;

/** The first job that waits in a lane among those of its priority, and when it is due. */
record Turn(String lane, Priority priority, Instant dueAt) {}
