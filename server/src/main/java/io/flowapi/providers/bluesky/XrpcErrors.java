package io.flowapi.providers.bluesky;

import io.flowapi.providers.NetworkAnswer.Refused;
import java.util.Set;

/** What a refusal is about: the protocol's name of the error tells more than the status. */
final class XrpcErrors {

    private static final Set<String> TOKEN =
            Set.of("ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired");

    private static final Set<String> ACCOUNT = Set.of(
            "AccountTakedown",
            "AccountSuspended",
            "AccountDeactivated",
            "AccountNotFound",
            "RepoTakendown",
            "RepoSuspended",
            "RepoDeactivated",
            "RepoNotFound");

    private static final Set<String> LOGIN = Set.of("AuthenticationRequired", "AuthFactorTokenRequired");

    private XrpcErrors() {}

    static boolean token(Refused refusal) {
        return TOKEN.contains(refusal.error());
    }

    static boolean account(Refused refusal) {
        return ACCOUNT.contains(refusal.error());
    }

    /** Meaningful after a login only: elsewhere the same error is about a token. */
    static boolean login(Refused refusal) {
        return LOGIN.contains(refusal.error());
    }
}
