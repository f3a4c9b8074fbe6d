package io.flowapi.cli;

import io.flowapi.api.model.ApiKey;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.RateLimits;
import io.flowapi.api.model.Scope;
import io.flowapi.apikeys.NewApiKey;
import io.flowapi.apikeys.StoredApiKey;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.ratelimits.KeyLimits;
import io.flowapi.users.UserAccount;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after API keys. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "Looks after API keys.")
public final class KeysCommand {

    private static final int NAME_MAX = 100;

    private final Console console;

    @Spec
    private CommandSpec spec;

    public KeysCommand(Console console) {
        this.console = console;
    }

    @Command(description = "Creates a key and shows it this once.", mixinStandardHelpOptions = true)
    int create(
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose key.") String user,
            @Option(names = "--name", required = true, paramLabel = "LABEL", description = "What it is for.")
                    String name,
            @Option(names = "--mode", defaultValue = "test", description = "live or test (default).") String mode,
            @Option(
                            names = "--scopes",
                            defaultValue = "all",
                            description = "Scopes with commas between; all means all but admin.")
                    String scopes,
            @Option(
                            names = "--rate-limit",
                            defaultValue = "",
                            paramLabel = "LIMITS",
                            description = "Limits of its own, such as default=500,post-creation=100; 0 is none.")
                    String rateLimit,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        TagFreeText label = TagFreeText.ofName(name);
        if (label.text().isBlank() || name.codePointCount(0, name.length()) > NAME_MAX) {
            throw Console.wrong(spec, "A key's name has 1 to 100 characters.");
        }
        Mode wantedMode = mode(mode);
        Set<Scope> wantedScopes = scopes(scopes);
        RateLimits limits = limits(rateLimit);
        NewApiKey made = console.with(flow -> flow.database().write(tx -> {
            UUID owner = user(tx, flow, user).id();
            NewApiKey key = flow.keys().create(tx, owner, label, wantedMode, wantedScopes, null, limits);
            note(tx, flow, key.key(), "createApiKey");
            return key;
        }));
        label.warnings().forEach(warning -> Console.warn(spec, warning.detail()));
        Console.print(spec, json, shown(made), made.secret());
        return 0;
    }

    static void note(Handle tx, Installation flow, StoredApiKey key, String action) {
        flow.audit().append(tx, Origin.console(key.userId(), key.mode()), action, Audited.apiKey(key.id()));
    }

    private static Map<String, Object> shown(NewApiKey made) {
        ApiKey key = made.key().shown();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", key.id());
        shown.put("name", key.name());
        shown.put("mode", key.mode());
        shown.put("scopes", key.scopes());
        shown.put("warnings", key.warnings());
        if (key.rateLimits() != null) {
            shown.put("rateLimits", key.rateLimits());
        }
        shown.put("secret", made.secret());
        return shown;
    }

    @Command(description = "Lists the keys of a user.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "Whose keys.") String user,
            @Option(names = "--json", description = "Print JSON, one object a line.") boolean json) {
        List<StoredApiKey> keys = console.with(flow -> flow.database()
                .read(tx -> flow.keys().ofUser(tx, user(tx, flow, user).id())));
        for (StoredApiKey key : keys) {
            Console.print(spec, json, key.shown(), key.id() + "  " + key.prefix() + "  " + key.name());
        }
        return 0;
    }

    @Command(
            description = "Revokes a key; a running server refuses it within a second.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "ID") UUID id,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        if (!console.with(flow -> flow.database().write(tx -> revoke(tx, flow, id)))) {
            throw Console.wrong(spec, "There is no key " + id + ".");
        }
        Console.print(spec, json, Map.of("id", id, "state", "revoked"), id + " is revoked");
        return 0;
    }

    private static boolean revoke(Handle tx, Installation flow, UUID id) {
        Optional<StoredApiKey> key = flow.keys().revoke(tx, id);
        key.ifPresent(revoked -> note(tx, flow, revoked, "deleteApiKey"));
        return key.isPresent();
    }

    private UserAccount user(Handle tx, Installation flow, String name) {
        return flow.users().byName(tx, name).orElseThrow(() -> Console.wrong(spec, "There is no user " + name + "."));
    }

    private Mode mode(String word) {
        try {
            return Mode.of(word);
        } catch (IllegalArgumentException unknown) {
            throw Console.wrong(spec, "--mode is live or test, not " + word + ".");
        }
    }

    private RateLimits limits(String text) {
        try {
            return KeyLimits.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Console.wrong(spec, wrong.getMessage());
        }
    }

    private Set<Scope> scopes(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (words.equals("all")) {
            // What a user may do with what is theirs; to see what is others' has to be asked for by name.
            return EnumSet.complementOf(EnumSet.of(Scope.ADMIN));
        }
        for (String word : words.split(",", -1)) {
            try {
                scopes.add(Scope.of(word.strip()));
            } catch (IllegalArgumentException unknown) {
                throw Console.wrong(spec, "There is no scope " + word + "; there are " + words() + ".");
            }
        }
        return scopes;
    }

    private static String words() {
        return String.join(
                ", ", List.of(Scope.values()).stream().map(Scope::value).toList());
    }
}
