package io.flowapi.cli;

import io.flowapi.apikeys.StoredApiKey;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.installation.Installation;
import io.flowapi.users.UserAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after users. */
@Command(name = "users", mixinStandardHelpOptions = true, description = "Looks after users.")
public final class UsersCommand {

    private static final int NAME_MAX = 100;

    private final Console console;

    @Spec
    private CommandSpec spec;

    public UsersCommand(Console console) {
        this.console = console;
    }

    @Command(description = "Adds a user.", mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        if (name.isBlank() || name.codePointCount(0, name.length()) > NAME_MAX) {
            throw Console.wrong(spec, "A user's name has 1 to 100 characters.");
        }
        UserAccount user = console.with(flow -> flow.database().write(tx -> add(tx, flow, name)))
                .orElseThrow(() -> Console.wrong(spec, "There is a user " + name + " already."));
        Console.print(spec, json, Map.of("id", user.id(), "name", name), user.id() + "  " + name);
        return 0;
    }

    private static Optional<UserAccount> add(Handle tx, Installation flow, String name) {
        Optional<UserAccount> added = flow.users().add(tx, name);
        added.ifPresent(user -> note(tx, flow, user.id(), "createUser"));
        return added;
    }

    private static void note(Handle tx, Installation flow, UUID user, String action) {
        flow.audit().append(tx, Origin.console(user, null), action, Audited.user(user));
    }

    @Command(description = "Lists the users.", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "Print JSON, one object a line.") boolean json) {
        List<UserAccount> users =
                console.with(flow -> flow.database().read(tx -> flow.users().list(tx)));
        for (UserAccount user : users) {
            String state = user.disabledAt() == null ? "active" : "disabled";
            Console.print(
                    spec,
                    json,
                    Map.of("id", user.id(), "name", user.name(), "state", state),
                    user.id() + "  " + state + "  " + user.name());
        }
        return 0;
    }

    @Command(description = "Refuses every key of a user from now on.", mixinStandardHelpOptions = true)
    int disable(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return changed(
                name, json, "disabled", console.with(flow -> flow.database().write(tx -> disable(tx, flow, name))));
    }

    private static boolean disable(Handle tx, Installation flow, String name) {
        Optional<UUID> disabled = flow.users().disable(tx, name);
        disabled.ifPresent(user -> note(tx, flow, user, "disableUser"));
        return disabled.isPresent();
    }

    @Command(description = "Removes a user with everything that is theirs.", mixinStandardHelpOptions = true)
    int delete(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return changed(
                name, json, "deleted", console.with(flow -> flow.database().write(tx -> delete(tx, flow, name))));
    }

    private static boolean delete(Handle tx, Installation flow, String name) {
        List<StoredApiKey> keys = flow.users()
                .lock(tx, name)
                .map(user -> flow.keys().ofUser(tx, user))
                .orElse(List.of());
        Optional<UUID> deleted = flow.users().delete(tx, name);
        deleted.ifPresent(user -> {
            keys.forEach(key -> KeysCommand.note(tx, flow, key, "deleteApiKey"));
            note(tx, flow, user, "deleteUser");
        });
        return deleted.isPresent();
    }

    private int changed(String name, boolean json, String what, boolean done) {
        if (!done) {
            throw Console.wrong(spec, "There is no user " + name + " who could be " + what + ".");
        }
        Console.print(spec, json, Map.of("name", name, "state", what), name + " is " + what);
        return 0;
    }
}
