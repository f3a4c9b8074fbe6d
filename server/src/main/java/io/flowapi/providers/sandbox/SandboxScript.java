package io.flowapi.providers.sandbox;

import io.flowapi.api.model.SandboxBehaviour;
import java.util.Optional;

/** How the network misbehaves when the content or the channel asks for it; docs/sandbox.md describes it. */
enum SandboxScript {
    RATE_LIMITED("[sandbox:rate-limited]"),
    TIMEOUT("[sandbox:timeout]"),
    UNKNOWN("[sandbox:unknown]"),
    SERVER_ERROR("[sandbox:server-error]"),
    REJECTED("[sandbox:rejected]"),
    AUTH_REVOKED("[sandbox:auth-revoked]"),
    QUOTA("[sandbox:quota]"),
    SLOW("[sandbox:slow]");

    private final String magic;

    SandboxScript(String magic) {
        this.magic = magic;
    }

    /** Empty for a network that behaves. */
    static Optional<SandboxScript> of(SandboxBehaviour behaviour) {
        return switch (behaviour) {
            case NORMAL -> Optional.empty();
            case RATE_LIMITED -> Optional.of(RATE_LIMITED);
            case TIMEOUT -> Optional.of(TIMEOUT);
            case UNKNOWN -> Optional.of(UNKNOWN);
            case SERVER_ERROR -> Optional.of(SERVER_ERROR);
            case REJECTED -> Optional.of(REJECTED);
            case AUTH_REVOKED -> Optional.of(AUTH_REVOKED);
            case SLOW -> Optional.of(SLOW);
            case QUOTA -> Optional.of(QUOTA);
        };
    }

    static Optional<SandboxScript> in(String content) {
        for (SandboxScript script : values()) {
            if (content.contains(script.magic)) {
                return Optional.of(script);
            }
        }
        return Optional.empty();
    }
}
