package io.flowapi.channels;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.CreateChannelRequest;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.SandboxSettings;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Accounts;
import io.flowapi.providers.ChannelSecretStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tries the credentials of a new channel at its network, and stores what came of it. */
public final class ChannelConnections {

    private static final FieldError OTHER_ACCOUNT =
            Fields.body("/credentials", "other_account", "These are of another account. Create a channel for it.");

    private final ChannelStore channels;
    private final ChannelSecretStore secrets;
    private final CredentialsExpiry expiry;
    private final Map<Provider, Accounts> accounts;

    /** @param accounts of every network but the sandbox, which has none */
    public ChannelConnections(
            ChannelStore channels, ChannelSecretStore secrets, CredentialsExpiry expiry, List<Accounts> accounts) {
        this.channels = channels;
        this.secrets = secrets;
        this.expiry = expiry;
        this.accounts = accounts.stream().collect(toMap(Accounts::provider, Function.identity()));
    }

    sealed interface Connection {}

    /** The account is ours to use; a sandbox has none. */
    record Connected(AccountConnection.@Nullable Connected account) implements Connection {}

    record Refused(List<FieldError> errors) implements Connection {}

    /** Calls the network; holds no transaction. */
    Connection connect(Caller caller, TagFreeText name, CreateChannelRequest wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (name.text().isBlank()) {
            errors.add(Fields.body("/name", "required", "The name is blank."));
        }
        errors.addAll(CredentialRules.broken(caller, wanted.provider(), wanted.credentials()));
        errors.addAll(broken(wanted.provider(), wanted.sandbox()));
        return errors.isEmpty() ? connect(wanted.provider(), wanted.credentials()) : new Refused(errors);
    }

    /** The credentials have all that the network wants. */
    private Connection connect(Provider provider, @Nullable ChannelCredentials given) {
        if (given == null) {
            return new Connected(null);
        }
        return switch (accounts.get(provider).connect(given)) {
            case AccountConnection.Connected account -> new Connected(account);
            case AccountConnection.Refused(FieldError error) -> new Refused(List.of(error));
        };
    }

    /** New credentials for the account of a channel; without them nothing is called. */
    Connection reconnect(Channel channel, @Nullable ChannelCredentials credentials) {
        Connection connection = connect(channel.provider(), credentials);
        boolean other = connection instanceof Connected(AccountConnection.Connected account)
                && account != null
                && !account.id().equals(channel.accountId());
        return other ? new Refused(List.of(OTHER_ACCOUNT)) : connection;
    }

    /** Whose access token it is; calls the network and holds no transaction. */
    public AccountConnection account(Provider provider, ChannelCredentials given) {
        return accounts.get(provider).connect(given);
    }

    /**
     * A channel as its owner wants it, who has shown no key.
     *
     * @param channel null for a new one
     */
    public record Owned(
            UUID userId,
            Mode mode,
            TagFreeText name,
            Provider provider,
            @Nullable UUID channel) {}

    /** What came of connecting it. */
    public sealed interface Made {
        record Channel(UUID id) implements Made {}

        record OtherAccount() implements Made {}

        record Gone() implements Made {}
    }

    /** @param account that was tried; null for a sandbox */
    public Made connected(Handle tx, Owned wanted, AccountConnection.@Nullable Connected account) {
        if (wanted.channel() == null) {
            Channel made = channels.create(
                    tx, wanted.userId(), wanted.mode(), wanted.name(), wanted.provider(), account(account));
            keep(tx, made.id(), account);
            return new Made.Channel(made.id());
        }
        Channel known = channels.lock(tx, wanted.userId(), wanted.mode(), wanted.channel())
                .orElse(null);
        if (known == null) {
            return new Made.Gone();
        }
        if (account == null) {
            channels.works(tx, known.id());
        } else if (!account.id().equals(known.accountId())) {
            return new Made.OtherAccount();
        } else {
            store(tx, known.id(), account);
        }
        return new Made.Channel(known.id());
    }

    static List<FieldError> broken(Provider provider, @Nullable SandboxSettings settings) {
        return settings == null || provider == Provider.SANDBOX
                ? List.of()
                : List.of(Fields.body("/sandbox", "excluded", "Only a sandbox channel takes these."));
    }

    Channel store(Handle tx, Caller caller, TagFreeText name, CreateChannelRequest wanted, Connected connected) {
        AccountConnection.Connected account = connected.account();
        Channel channel =
                channels.create(tx, caller.userId(), caller.mode(), name, wanted.provider(), account(account));
        keep(tx, channel.id(), account);
        if (wanted.sandbox() == null) {
            return channel;
        }
        channels.behave(tx, channel.id(), wanted.sandbox());
        return channels.find(tx, caller, channel.id()).orElseThrow();
    }

    private static ChannelStore.@Nullable Account account(AccountConnection.@Nullable Connected account) {
        return account == null ? null : new ChannelStore.Account(account.id(), account.name(), account.end());
    }

    private void keep(Handle tx, UUID channel, AccountConnection.@Nullable Connected account) {
        if (account != null) {
            secrets.insert(tx, channel, account.credentialsJson(), account.sessionJson());
            expiry.plan(tx, channel, account.end());
        }
    }

    /** Replaces what a channel had; it works again. */
    void store(Handle tx, UUID channel, AccountConnection.Connected account) {
        secrets.replace(tx, channel, account.credentialsJson(), account.sessionJson());
        channels.renew(tx, channel, account(account));
        expiry.plan(tx, channel, account.end());
    }
}
