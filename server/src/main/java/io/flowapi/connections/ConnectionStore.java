package io.flowapi.connections;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.jobs.Expiring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The channel_connections table. A connection is there until it is used, and is looked for by hashes alone. */
public final class ConnectionStore implements Expiring {

    private static final int AT_ONCE = 500;

    /** A user who was disabled connects nothing any more. */
    private static final String SELECT = """
            select c.id, c.user_id, c.mode, c.api_key_id, c.provider, c.name, c.channel_id,
                   c.return_url, c.created_at, c.browser_hash, c.verifier, c.returns_until
            from channel_connections c join users u on u.id = c.user_id
            where u.disabled_at is null and\s""";

    private final Vault vault;

    public ConnectionStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * A connection that its owner has agreed to, and whose network may send them back.
     *
     * @param browserHash of what that browser shows again
     */
    record Agreed(Connection connection, String browserHash, Secret verifier, Instant until) {}

    void insert(Handle tx, Connection connection, String linkHash) {
        tx.createUpdate("""
                        insert into channel_connections
                          (id, link_hash, user_id, mode, api_key_id, provider, name, channel_id, return_url, created_at)
                        values
                          (:id, :linkHash, :userId, :mode, :apiKeyId, :provider, :name, :channelId, :returnUrl,
                           :createdAt)
                        """)
                .bind("id", connection.id())
                .bind("linkHash", linkHash)
                .bind("userId", connection.userId())
                .bind("mode", connection.mode().value())
                .bind("apiKeyId", connection.apiKeyId())
                .bind("provider", connection.provider().value())
                .bind("name", connection.name())
                .bind("channelId", connection.channelId())
                .bind("returnUrl", connection.returnUrl())
                .bind("createdAt", connection.createdAt())
                .execute();
    }

    /** How many a caller has begun since then that have not come to an end. */
    int begunSince(Handle tx, Caller caller, Instant since) {
        return tx.createQuery("""
                        select count(*) from channel_connections
                        where user_id = :userId and mode = :mode and created_at > :since
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    Optional<Connection> byLink(Handle tx, Secret link, Instant createdAfter) {
        return tx.createQuery(SELECT + "c.link_hash = :linkHash and c.created_at > :createdAfter")
                .bind("linkHash", link.hash())
                .bind("createdAfter", createdAfter)
                .map(ConnectionStore::connection)
                .findOne();
    }

    /** Whoever agreed before, in another window, is not waited for any more. */
    void agree(Handle tx, Agreed agreed, Secret state) {
        UUID id = agreed.connection().id();
        tx.createUpdate("""
                        update channel_connections
                        set state_hash = :stateHash, browser_hash = :browserHash, verifier = :verifier,
                            returns_until = :until
                        where id = :id
                        """)
                .bind("stateHash", state.hash())
                .bind("browserHash", agreed.browserHash())
                .bind("verifier", vault.seal(agreed.verifier().text().getBytes(StandardCharsets.US_ASCII), place(id)))
                .bind("until", agreed.until())
                .bind("id", id)
                .execute();
    }

    Optional<Agreed> byState(Handle tx, Provider provider, Secret state) {
        return tx.createQuery(SELECT + "c.state_hash = :stateHash and c.provider = :provider")
                .bind("stateHash", state.hash())
                .bind("provider", provider.value())
                .map(this::agreed)
                .findOne();
    }

    /** False when somebody else has just ended it: of two who use it at once, one does. */
    boolean end(Handle tx, UUID id) {
        return tx.createUpdate("delete from channel_connections where id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
    }

    @Override
    public String kind() {
        return "purge_channel_connections";
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public int purge(Handle tx, Instant before, int limit) {
        return tx.createUpdate("""
                        delete from channel_connections
                        where id in (
                          select id from channel_connections where created_at <= :before order by created_at limit :limit)
                        """).bind("before", before).bind("limit", limit).execute();
    }

    private Agreed agreed(RowView row) {
        Connection connection = connection(row);
        byte[] verifier = vault.open(row.getColumn("verifier", String.class), place(connection.id()));
        return new Agreed(
                connection,
                row.getColumn("browser_hash", String.class),
                new Secret(new String(verifier, StandardCharsets.US_ASCII)),
                row.getColumn("returns_until", Instant.class));
    }

    private static Connection connection(RowView row) {
        return new Connection(
                row.getColumn("id", UUID.class),
                row.getColumn("user_id", UUID.class),
                Mode.of(row.getColumn("mode", String.class)),
                row.getColumn("api_key_id", UUID.class),
                Provider.of(row.getColumn("provider", String.class)),
                row.getColumn("name", String.class),
                row.getColumn("channel_id", UUID.class),
                row.getColumn("return_url", String.class),
                row.getColumn("created_at", Instant.class));
    }

    private static String place(UUID connection) {
        return "channel_connections " + connection + " verifier";
    }
}
