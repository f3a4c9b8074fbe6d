package io.flowapi.providers;

import io.flowapi.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The channel_secrets table: what a network gave us or needs from us, sealed for its channel. */
public final class ChannelSecretStore {

    private final Vault vault;

    public ChannelSecretStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * A channel's secrets, as its network's package wrote them.
     *
     * @param session what may be renewed from the credentials; null when there is none
     * @param version grows with every change of the session
     */
    public record Secrets(String credentials, @Nullable String session, int version) {

        @Override
        public String toString() {
            return "Secrets[***]";
        }
    }

    public void insert(Handle tx, UUID channel, String credentials, @Nullable String session) {
        tx.createUpdate("""
                        insert into channel_secrets (channel_id, credentials, session, version)
                        values (:channel, :credentials, :session, 1)
                        """)
                .bind("channel", channel)
                .bind("credentials", seal(credentials, channel, "credentials"))
                .bind("session", session == null ? null : seal(session, channel, "session"))
                .execute();
    }

    public Optional<Secrets> find(Handle tx, UUID channel) {
        return tx.createQuery("select credentials, session, version from channel_secrets where channel_id = :channel")
                .bind("channel", channel)
                .map(row -> new Secrets(
                        open(row.getColumn("credentials", String.class), channel, "credentials"),
                        openOptional(row.getColumn("session", String.class), channel),
                        row.getColumn("version", Integer.class)))
                .findOne();
    }

    /** A channel that has secrets; empty when there is none. */
    public Optional<UUID> anyChannel(Handle tx) {
        return tx.createQuery("select channel_id from channel_secrets order by channel_id limit 1")
                .mapTo(UUID.class)
                .findOne();
    }

    /**
     * From now on until then nobody else renews the session that was read at this version: not on another node, and not
     * after a crash. False when somebody else does, or has done it.
     */
    public boolean takeRenewal(Handle tx, UUID channel, int readVersion, Instant now, Instant until) {
        return tx.createUpdate("""
                                update channel_secrets set renewing_until = :until
                                where channel_id = :channel and version = :readVersion
                                  and (renewing_until is null or renewing_until <= :now)
                                """)
                        .bind("until", until)
                        .bind("channel", channel)
                        .bind("readVersion", readVersion)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /** Whoever took the renewal has not made it. */
    public void leaveRenewal(Handle tx, UUID channel, int readVersion) {
        tx.createUpdate("""
                        update channel_secrets set renewing_until = null
                        where channel_id = :channel and version = :readVersion
                        """)
                .bind("channel", channel)
                .bind("readVersion", readVersion)
                .execute();
    }

    /** Replaces the session that was read at this version; false when somebody else has replaced it meanwhile. */
    public boolean renew(Handle tx, UUID channel, int readVersion, String session) {
        return tx.createUpdate("""
                                update channel_secrets
                                set session = :session, version = version + 1, renewing_until = null
                                where channel_id = :channel and version = :readVersion
                                """)
                        .bind("session", seal(session, channel, "session"))
                        .bind("channel", channel)
                        .bind("readVersion", readVersion)
                        .execute()
                > 0;
    }

    /** New credentials with their first session; whoever renews the one before comes too late. */
    public void replace(Handle tx, UUID channel, String credentials, @Nullable String session) {
        tx.createUpdate("""
                        update channel_secrets
                        set credentials = :credentials, session = :session, version = version + 1,
                            renewing_until = null
                        where channel_id = :channel
                        """)
                .bind("channel", channel)
                .bind("credentials", seal(credentials, channel, "credentials"))
                .bind("session", session == null ? null : seal(session, channel, "session"))
                .execute();
    }

    private @Nullable String openOptional(@Nullable String sealed, UUID channel) {
        return sealed == null ? null : open(sealed, channel, "session");
    }

    private String seal(String plain, UUID channel, String column) {
        return vault.seal(plain.getBytes(StandardCharsets.UTF_8), place(channel, column));
    }

    private String open(String sealed, UUID channel, String column) {
        return new String(vault.open(sealed, place(channel, column)), StandardCharsets.UTF_8);
    }

    private static String place(UUID channel, String column) {
        return "channel_secrets " + channel + " " + column;
    }
}
