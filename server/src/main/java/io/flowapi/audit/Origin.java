package io.flowapi.audit;

import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change, and from where.
 *
 * @param userId whose resource it is
 * @param mode null for what concerns a user only
 */
public record Origin(
        UUID userId,
        @Nullable Mode mode,
        @Nullable UUID apiKeyId,
        String actor,
        @Nullable String address,
        @Nullable String requestId) {

    private static final String CONSOLE = "cli:";
    private static final int OS_USER_MAX = 90;

    /** A request. */
    public static Origin of(Caller caller) {
        return new Origin(
                caller.userId(),
                caller.mode(),
                caller.apiKeyId(),
                "api",
                caller.request().address(),
                caller.request().id());
    }

    /** A person at the server's console, or a first start. */
    public static Origin console(UUID userId, @Nullable Mode mode) {
        String osUser = System.getProperty("user.name", "?");
        String name = osUser.length() > OS_USER_MAX ? osUser.substring(0, OS_USER_MAX) : osUser;
        return new Origin(userId, mode, null, CONSOLE + name, "local", null);
    }

    /** The worker, for the post of a user. */
    public static Origin worker(UUID userId, Mode mode) {
        return new Origin(userId, mode, null, "worker", null, null);
    }

    boolean isConsole() {
        return actor.startsWith(CONSOLE);
    }
}
