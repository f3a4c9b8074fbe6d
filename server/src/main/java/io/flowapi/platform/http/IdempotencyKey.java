package io.flowapi.platform.http;

/**
 * A client's promise that requests with this key are one request.
 *
 * @param fingerprint SHA-256 over method, path, query and body, to tell a repeated request from another one
 */
public record IdempotencyKey(String value, String fingerprint) {}
