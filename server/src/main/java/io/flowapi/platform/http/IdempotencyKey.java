package io.flowapi.platform.http;

/**
 * A client's promise that requests with this key are one request.
 *
 * @param value SHA-256 of what the client sent, which may be a secret sent by mistake
 * @param fingerprint SHA-256 over method, path, query and body, to tell a repeated request from another one
 */
public record IdempotencyKey(String value, String fingerprint) {}
