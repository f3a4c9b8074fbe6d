package io.flowapi.crash;

import java.time.Instant;

/**
 * @param died when the killed server was certainly gone
 * @param ready when the next one answered that it is ready
 */
record Restart(Instant died, Instant ready) {}
