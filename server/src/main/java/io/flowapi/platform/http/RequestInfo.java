package io.flowapi.platform.http;

/**
 * What every line that is written about a request repeats.
 *
 * @param id the value of {@code X-Request-Id}
 * @param address the client's address
 * @param path the path as sent, without the query
 */
public record RequestInfo(String id, String address, String path) {}
