package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseConfig;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.Content;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.Sending;
import io.flowapi.testing.RealPds.Account;
import io.flowapi.testing.TestClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a publisher needs, on an embedded database of its own. */
final class BlueskyWorld implements AutoCloseable {

    private static final String KEY = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    final TestClock clock = new TestClock();
    final ChannelSecretStore secrets = new ChannelSecretStore(new Vault(EncryptionKeys.parse(KEY)));
    final OutgoingHttp http = new OutgoingHttp(new UrlGuard(GuardPolicy.development(List.of()), new DnsLookup()));
    final Database database;
    final BlueskyAccounts accounts = new BlueskyAccounts(http, clock);
    BlueskyPublisher publisher;

    BlueskyWorld(Path directory) {
        database = Database.open(new DatabaseConfig(directory, null, Duration.ofSeconds(10)), new Metrics(clock));
        publisher = publisher();
    }

    /** Another one, as after a restart or on another node. */
    BlueskyPublisher publisher() {
        return new BlueskyPublisher(database, secrets, http, clock);
    }

    AccountConnection connect(URI service, String identifier, String password) {
        return accounts.connect(service.toString(), identifier, password);
    }

    UUID channel(URI service, Account account, String password) {
        return channel((AccountConnection.Connected) connect(service, account.handle(), password));
    }

    UUID channel(AccountConnection.Connected connected) {
        return channel(connected.credentialsJson(), connected.sessionJson());
    }

    UUID channel(String credentials, @Nullable String session) {
        UUID user = UUID.randomUUID();
        UUID channel = UUID.randomUUID();
        database.write(tx -> {
            tx.execute("insert into users (id, name, created_at) values (?, ?, 0)", user.toString(), user.toString());
            tx.execute(
                    "insert into channels (id, user_id, mode, name, provider, status, created_at, updated_at, version)"
                            + " values (?, ?, 'live', 'c', 'bluesky', 'connected', 0, 0, 1)",
                    channel.toString(),
                    user.toString());
            secrets.insert(tx, channel, credentials, session);
            return null;
        });
        return channel;
    }

    Session session(UUID channel) {
        return Session.read(stored(channel).session());
    }

    ChannelSecretStore.Secrets stored(UUID channel) {
        return database.read(tx -> secrets.find(tx, channel).orElseThrow());
    }

    /** The stored session with another access token. */
    void replaceAccessToken(UUID channel, String token) {
        ChannelSecretStore.Secrets stored = stored(channel);
        String session = new Session(token, session(channel).refreshJwt()).json();
        database.write(tx -> secrets.renew(tx, channel, stored.version(), session));
    }

    void replaceTokens(UUID channel, String access, String refresh) {
        ChannelSecretStore.Secrets stored = stored(channel);
        database.write(tx -> secrets.renew(tx, channel, stored.version(), new Session(access, refresh).json()));
    }

    Sending sending(UUID channel, String text) {
        return sending(channel, text, null);
    }

    Sending sending(UUID channel, String text, @Nullable TargetOptions options) {
        UUID target = UUID.randomUUID();
        var ready = (Preparation.Ready) publisher.prepare(new Content(target, channel, text, options));
        return new Sending(target, channel, 1, ready.request(), clock.instant());
    }

    @Override
    public void close() {
        http.close();
        database.close();
    }
}
