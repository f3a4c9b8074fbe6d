package io.flowapi.webhooks;

import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.ids.Ids;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The webhook_secrets table: what deliveries are signed with. */
public final class WebhookSecretStore {

    private static final String PREFIX = "whsec_";

    /** Standard Webhooks takes 24 to 64. */
    private static final int SECRET_BYTES = 32;

    private final Sealed sealed;
    private final Ids ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public WebhookSecretStore(Vault vault, Ids ids, InstantSource clock) {
        sealed = new Sealed(vault, "webhook_secrets secret");
        this.ids = ids;
        this.clock = clock;
    }

    /** A new one; it is told here and nowhere else. */
    String add(Handle tx, UUID webhook) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getEncoder().encodeToString(bytes);
        UUID id = ids.next();
        tx.createUpdate("""
                        insert into webhook_secrets (id, webhook_id, secret, created_at)
                        values (:id, :webhook, :secret, :now)
                        """)
                .bind("id", id)
                .bind("webhook", webhook)
                .bind("secret", sealed.seal(id, secret))
                .bind("now", clock.instant())
                .execute();
        return secret;
    }

    /** Those that sign now, the newest first. */
    public List<String> valid(Handle tx, UUID webhook) {
        return tx.createQuery("""
                        select id, secret from webhook_secrets
                        where webhook_id = :webhook and (expires_at is null or expires_at > :now)
                        order by expires_at is null desc, created_at desc, id desc
                        """)
                .bind("webhook", webhook)
                .bind("now", clock.instant())
                .map(row -> sealed.open(row.getColumn("id", UUID.class), row.getColumn("secret", String.class)))
                .list();
    }

    /** How many old ones still sign. */
    int countOld(Handle tx, UUID webhook) {
        return tx.createQuery("""
                        select count(*) as n from webhook_secrets
                        where webhook_id = :webhook and expires_at > :now
                        """)
                .bind("webhook", webhook)
                .bind("now", clock.instant())
                .map(row -> row.getColumn("n", Integer.class))
                .one();
    }

    /** Ends the one that has no end yet, and forgets those that have ended. */
    void expire(Handle tx, UUID webhook, Instant at) {
        tx.createUpdate("""
                        update webhook_secrets set expires_at = :at
                        where webhook_id = :webhook and expires_at is null
                        """).bind("at", at).bind("webhook", webhook).execute();
        tx.createUpdate("delete from webhook_secrets where webhook_id = :webhook and expires_at <= :now")
                .bind("webhook", webhook)
                .bind("now", clock.instant())
                .execute();
    }
}
