package io.flowapi.providers.sandbox;

import java.util.Optional;

/** How the network misbehaves when the content asks for it; described in the document's introduction. */
enum SandboxScript {
    RATE_LIMITED("[sandbox:rate-limited]"),
    TIMEOUT("[sandbox:timeout]"),
    UNKNOWN("[sandbox:unknown]"),
    SERVER_ERROR("[sandbox:server-error]"),
    REJECTED("[sandbox:rejected]"),
    AUTH_REVOKED("[sandbox:auth-revoked]"),
    QUOTA("[sandbox:quota]");

    private final String magic;

    SandboxScript(String magic) {
        this.magic = magic;
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
