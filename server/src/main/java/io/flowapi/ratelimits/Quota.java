package io.flowapi.ratelimits;

/**
 * One of the limits that a request counts in.
 *
 * @param limit from 1 on
 */
record Quota(RateClass counted, int limit) {}
