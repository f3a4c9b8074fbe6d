package io.flowapi.channels;

import io.flowapi.api.model.BlueskyCredentials;
import io.flowapi.api.model.Channel;
import io.flowapi.api.model.CreateChannelRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.SandboxSettings;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.bluesky.BlueskyAccounts;
import io.flowapi.providers.bluesky.BlueskyConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tries the credentials of a new channel at its network, and stores what came of it. */
public final class ChannelConnections {

    private static final FieldError OTHER_ACCOUNT =
            Fields.body("/credentials", "other_account", "These are of another account. Create a channel for it.");

    private final ChannelStore channels;
    private final ChannelSecretStore secrets;
    private final BlueskyAccounts bluesky;

    public ChannelConnections(ChannelStore channels, ChannelSecretStore secrets, BlueskyAccounts bluesky) {
        this.channels = channels;
        this.secrets = secrets;
        this.bluesky = bluesky;
    }

    sealed interface Connection {}

    /** The account is ours to use; a sandbox has none. */
    record Connected(BlueskyConnection.@Nullable Connected account) implements Connection {}

    record Refused(List<FieldError> errors) implements Connection {}

    /** Calls the network; holds no transaction. */
    Connection connect(Caller caller, TagFreeText name, CreateChannelRequest wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (name.text().isBlank()) {
            errors.add(Fields.body("/name", "required", "The name is blank."));
        }
        errors.addAll(broken(caller, wanted.provider(), wanted.credentials()));
        errors.addAll(broken(wanted.provider(), wanted.sandbox()));
        return errors.isEmpty() ? connect(wanted.credentials()) : new Refused(errors);
    }

    private Connection connect(@Nullable BlueskyCredentials credentials) {
        if (credentials == null) {
            return new Connected(null);
        }
        return switch (bluesky.connect(credentials)) {
            case BlueskyConnection.Connected account -> new Connected(account);
            case BlueskyConnection.Refused(FieldError error) -> new Refused(List.of(error));
        };
    }

    /** New credentials for the account of a channel; without them nothing is called. */
    Connection reconnect(Channel channel, @Nullable BlueskyCredentials credentials) {
        Connection connection = connect(credentials);
        boolean other = connection instanceof Connected(BlueskyConnection.Connected account)
                && account != null
                && !account.did().equals(channel.accountId());
        return other ? new Refused(List.of(OTHER_ACCOUNT)) : connection;
    }

    static List<FieldError> broken(Caller caller, Provider provider, @Nullable BlueskyCredentials credentials) {
        boolean sandbox = provider == Provider.SANDBOX;
        List<FieldError> errors = new ArrayList<>();
        if (!sandbox && caller.mode() == Mode.TEST) {
            errors.add(Fields.body("/provider", "live_only", "A test key reaches sandbox channels only."));
        }
        if (sandbox && credentials != null) {
            errors.add(Fields.body("/credentials", "excluded", "A sandbox channel takes no credentials."));
        }
        if (!sandbox && credentials == null) {
            errors.add(Fields.body("/credentials", "required", "This network needs credentials."));
        }
        return errors;
    }

    static List<FieldError> broken(Provider provider, @Nullable SandboxSettings settings) {
        return settings == null || provider == Provider.SANDBOX
                ? List.of()
                : List.of(Fields.body("/sandbox", "excluded", "Only a sandbox channel takes these."));
    }

    Channel store(Handle tx, Caller caller, TagFreeText name, CreateChannelRequest wanted, Connected connected) {
        BlueskyConnection.Connected account = connected.account();
        Channel channel = channels.create(
                tx,
                caller.userId(),
                caller.mode(),
                name,
                wanted.provider(),
                account == null ? null : account.did(),
                account == null ? null : account.handle());
        if (account != null) {
            secrets.insert(tx, channel.id(), account.credentialsJson(), account.sessionJson());
        }
        if (wanted.sandbox() == null) {
            return channel;
        }
        channels.behave(tx, channel.id(), wanted.sandbox());
        return channels.find(tx, caller, channel.id()).orElseThrow();
    }

    /** Replaces what a channel had; it works again. */
    void store(Handle tx, UUID channel, BlueskyConnection.Connected account) {
        secrets.replace(tx, channel, account.credentialsJson(), account.sessionJson());
        channels.nameAccount(tx, channel, account.handle());
        channels.works(tx, channel);
    }
}
