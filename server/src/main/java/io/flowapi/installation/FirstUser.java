package io.flowapi.installation;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.Scope;
import io.flowapi.apikeys.NewApiKey;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.http.TagFreeText;
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

    /** What a user may do with what is theirs. */
    private static final Set<Scope> OWN_SCOPES = EnumSet.complementOf(EnumSet.of(Scope.ADMIN));

    /** Empty when the installation has a user already. */
    public static Optional<FirstUser> create(Installation installation) {
        return installation.database().write(tx -> create(tx, installation));
    }

    private static Optional<FirstUser> create(Handle tx, Installation installation) {
        if (!installation.users().none(tx)) {
            return Optional.empty();
        }
        // Another server may have added the same one since we looked.
        return installation.users().add(tx, "developer").map(user -> create(tx, installation, user));
    }

    private static FirstUser create(Handle tx, Installation installation, UserAccount user) {
        installation.audit().append(tx, Origin.console(user.id(), null), "createUser", Audited.user(user.id()));
        return new FirstUser(
                user,
                key(tx, installation, user, Mode.TEST),
                key(tx, installation, user, Mode.LIVE),
                sandbox(tx, installation, user));
    }

    private static String key(Handle tx, Installation installation, UserAccount user, Mode mode) {
        String name = "first " + mode.value() + " key";
        NewApiKey made = installation.keys().create(tx, user.id(), name, mode, OWN_SCOPES, null);
        Audited key = Audited.apiKey(made.key().id());
        installation.audit().append(tx, Origin.console(user.id(), mode), "createApiKey", key);
        return made.secret();
    }

    private static Channel sandbox(Handle tx, Installation installation, UserAccount user) {
        TagFreeText name = TagFreeText.ofName("Sandbox");
        Channel made = installation.channels().create(tx, user.id(), Mode.TEST, name, Provider.SANDBOX, null, null);
        Audited channel = Audited.channel(made.id());
        installation.audit().append(tx, Origin.console(user.id(), Mode.TEST), "createChannel", channel);
        return made;
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return user.name();
    }
}
