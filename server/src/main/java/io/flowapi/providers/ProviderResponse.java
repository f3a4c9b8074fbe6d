package io.flowapi.providers;

import org.jspecify.annotations.Nullable;

/**
 * What a network answered to a send.
 *
 * @param body without what is secret, and not endless
 */
public record ProviderResponse(int status, @Nullable String body) {}
