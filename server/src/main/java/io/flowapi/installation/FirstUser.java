package io.flowapi.installation;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.Scope;
import io.flowapi.users.UserAccount;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What a developer needs for a first post, made at the first start in development.
 *
 * @param testKey shown this once
 * @param liveKey shown this once
 * @param sandbox a channel in test mode
 */
public record FirstUser(UserAccount user, String testKey, String liveKey, Channel sandbox) {

    private static final Set<Scope> ALL_SCOPES = EnumSet.allOf(Scope.class);

    /** Empty when the installation has a user already. */
    public static Optional<FirstUser> create(Installation installation) {
        return installation.database().write(tx -> create(tx, installation));
    }

    private static Optional<FirstUser> create(Handle tx, Installation installation) {
        if (!installation.users().none(tx)) {
            return Optional.empty();
        }
        // Another server may have added the same one since we looked.
        return installation
                .users()
                .add(tx, "developer")
                .map(user -> new FirstUser(
                        user,
                        key(tx, installation, user, Mode.TEST),
                        key(tx, installation, user, Mode.LIVE),
                        installation
                                .channels()
                                .create(tx, user.id(), Mode.TEST, "Sandbox", Provider.SANDBOX, null, null)));
    }

    private static String key(Handle tx, Installation installation, UserAccount user, Mode mode) {
        return installation
                .keys()
                .create(tx, user.id(), "first " + mode.value() + " key", mode, ALL_SCOPES, null)
                .secret();
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return user.name();
    }
}
