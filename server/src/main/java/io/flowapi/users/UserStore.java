package io.flowapi.users;

import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The users table. */
public final class UserStore {

    private final Ids ids;
    private final InstantSource clock;

    public UserStore(Ids ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds a user; empty when the name is taken. */
    public Optional<UserAccount> add(Handle tx, String name) {
        UserAccount user = new UserAccount(ids.next(), name, clock.instant(), null);
        int added = tx.createUpdate("""
                        insert into users (id, name, created_at) values (:id, :name, :createdAt)
                        on conflict (name) do nothing
                        """)
                .bind("id", user.id())
                .bind("name", name)
                .bind("createdAt", user.createdAt())
                .execute();
        return added == 0 ? Optional.empty() : Optional.of(user);
    }

    public List<UserAccount> list(Handle tx) {
        return tx.createQuery("select id, name, created_at, disabled_at from users order by name")
                .map(UserStore::user)
                .list();
    }

    public Optional<UserAccount> byName(Handle tx, String name) {
        return tx.createQuery("select id, name, created_at, disabled_at from users where name = :name")
                .bind("name", name)
                .map(UserStore::user)
                .findOne();
    }

    /** Nobody gives the user a key until this transaction ends. */
    public Optional<UUID> lock(Handle tx, String name) {
        return tx.createQuery("select id from users where name = :name <forUpdate>")
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne();
    }

    public Optional<UserAccount> byId(Handle tx, UUID id) {
        return tx.createQuery("select id, name, created_at, disabled_at from users where id = :id")
                .bind("id", id)
                .map(UserStore::user)
                .findOne();
    }

    /** Refuses a user's keys from now on; empty when there is nobody whom that would change. */
    public Optional<UUID> disable(Handle tx, String name) {
        return tx.createQuery("""
                        update users set disabled_at = :now where name = :name and disabled_at is null
                        returning id
                        """)
                .bind("now", clock.instant())
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne();
    }

    /** Removes a user with everything that is theirs. */
    public Optional<UUID> delete(Handle tx, String name) {
        // Answers name their owner as user/mode and refer to no row: nothing else would remove them with the user.
        tx.createUpdate("""
                        delete from idempotency_keys
                        where owner in (
                          select id || '/live' from users where name = :name
                          union all
                          select id || '/test' from users where name = :name)
                        """).bind("name", name).execute();
        return tx.createQuery("delete from users where name = :name returning id")
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne();
    }

    public boolean none(Handle tx) {
        return tx.createQuery("select count(*) as n from users")
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                == 0;
    }

    private static UserAccount user(RowView row) {
        return new UserAccount(
                row.getColumn("id", UUID.class),
                row.getColumn("name", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("disabled_at", Instant.class));
    }
}
