package io.flowapi.providers.oauth;

import io.flowapi.api.model.Provider;
import io.flowapi.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The revocations table: tokens that are to be given back. */
public final class RevocationStore {

    private final Vault vault;

    public RevocationStore(Vault vault) {
        this.vault = vault;
    }

    /** The tokens of a channel that was deleted. */
    record Revocation(UUID id, Provider provider, String accountId, Tokens tokens, Instant createdAt) {}

    void insert(Handle tx, Revocation revocation) {
        byte[] tokens = revocation.tokens().json().getBytes(StandardCharsets.UTF_8);
        tx.createUpdate("""
                        insert into revocations (id, provider, account_id, tokens, created_at)
                        values (:id, :provider, :accountId, :tokens, :createdAt)
                        """)
                .bind("id", revocation.id())
                .bind("provider", revocation.provider().value())
                .bind("accountId", revocation.accountId())
                .bind("tokens", vault.seal(tokens, place(revocation.id())))
                .bind("createdAt", revocation.createdAt())
                .execute();
    }

    Optional<Revocation> find(Handle tx, UUID id) {
        return tx.createQuery("select id, provider, account_id, tokens, created_at from revocations where id = :id")
                .bind("id", id)
                .map(this::revocation)
                .findOne();
    }

    /** Whether a channel, of whomever, has the account by now. */
    boolean isAccountConnected(Handle tx, Revocation revocation) {
        return tx.createQuery("""
                        select count(*) from channels
                        where provider = :provider and account_id = :accountId
                        """)
                        .bind("provider", revocation.provider().value())
                        .bind("accountId", revocation.accountId())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private Revocation revocation(RowView row) {
        UUID id = row.getColumn("id", UUID.class);
        byte[] tokens = vault.open(row.getColumn("tokens", String.class), place(id));
        return new Revocation(
                id,
                Provider.of(row.getColumn("provider", String.class)),
                row.getColumn("account_id", String.class),
                Tokens.read(new String(tokens, StandardCharsets.UTF_8)),
                row.getColumn("created_at", Instant.class));
    }

    void delete(Handle tx, UUID id) {
        tx.createUpdate("delete from revocations where id = :id").bind("id", id).execute();
    }

    private static String place(UUID revocation) {
        return "revocations " + revocation + " tokens";
    }
}
