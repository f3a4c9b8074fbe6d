package io.flowapi.channels;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.ChannelStatus;
import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.SandboxBehaviour;
import io.flowapi.api.model.SandboxSettings;
import io.flowapi.events.ChangedResource;
import io.flowapi.events.EventLog;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/**
 * The channels table. Every question is asked for a user and a mode. Nobody else writes a status into it, so that none is
 * written without its event.
 */
public final class ChannelStore {

    private static final String SHOWN =
            "id, name, provider, status, account_id, account_name, warnings, created_at, updated_at, version,"
                    + " sandbox_behaviour, credentials_expire_at ";

    private static final String SELECT = "select " + SHOWN + "from channels ";

    private static final String OF_WHOM = "user_id, mode, ";

    private final Ids ids;
    private final InstantSource clock;
    private final EventLog events;

    public ChannelStore(Ids ids, InstantSource clock, EventLog events) {
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Whose channel it is on its network.
     *
     * @param end of the credentials, after which only the owner can help; null when nobody can say
     */
    public record Account(String id, String name, @Nullable Instant end) {}

    /** Adds a connected channel, whose credentials do not end. */
    public Channel create(
            Handle tx,
            UUID userId,
            Mode mode,
            TagFreeText name,
            Provider provider,
            @Nullable String accountId,
            @Nullable String accountName) {
        Account account = accountId == null || accountName == null ? null : new Account(accountId, accountName, null);
        return create(tx, userId, mode, name, provider, account);
    }

    /** @param account null in the sandbox, which has none */
    Channel create(Handle tx, UUID userId, Mode mode, TagFreeText name, Provider provider, @Nullable Account account) {
        Instant now = clock.instant();
        Channel channel = new Channel(
                ids.next(),
                name.text(),
                provider,
                ChannelStatus.CONNECTED,
                account == null ? null : account.id(),
                account == null ? null : account.name(),
                name.warnings(),
                now,
                now,
                1,
                null,
                account == null ? null : account.end());
        tx.createUpdate("""
                        insert into channels
                          (id, user_id, mode, name, provider, status, account_id, account_name, warnings,
                           credentials_expire_at, created_at, updated_at, version, event_sequence)
                        values
                          (:id, :userId, :mode, :name, :provider, :status, :accountId, :accountName, :warnings,
                           :end, :createdAt, :updatedAt, :version, 1)
                        """)
                .bind("id", channel.id())
                .bind("userId", userId)
                .bind("mode", mode.value())
                .bind("name", channel.name())
                .bind("provider", channel.provider().value())
                .bind("status", channel.status().value())
                .bind("accountId", channel.accountId())
                .bind("accountName", channel.accountName())
                .bind("end", channel.credentialsExpireAt())
                .bind("warnings", Json.text(channel.warnings()))
                .bind("createdAt", channel.createdAt())
                .bind("updatedAt", channel.updatedAt())
                .bind("version", channel.version())
                .execute();
        events.append(
                tx, EventType.CHANNEL_CONNECTED, new ChangedResource(userId, mode, channel.id(), 1, data(channel)));
        return channel;
    }

    /** The caller's channel with this id. */
    public Optional<Channel> find(Handle tx, Caller caller, UUID id) {
        return tx.createQuery(SELECT + "where id = :id and user_id = :userId and mode = :mode")
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(ChannelStore::channel)
                .findOne();
    }

    /** Whether anybody has a channel on this network. */
    public static boolean anyOn(Handle tx, Provider provider) {
        return tx.createQuery("select id from channels where provider = :provider limit 1")
                .bind("provider", provider.value())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    public boolean exists(Handle tx, UUID id) {
        return tx.createQuery("select id from channels where id = :id")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** As {@link #find}; the channel stays until this transaction ends. */
    public Optional<Channel> findAndKeep(Handle tx, Caller caller, UUID id) {
        return tx.createQuery(SELECT + "where id = :id and user_id = :userId and mode = :mode <forKeep>")
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .map(ChannelStore::channel)
                .findOne();
    }

    /** Keeps the channels of a post as they are until this transaction ends; those that are gone stay gone. */
    public void keepThoseOf(Handle tx, Caller caller, UUID post) {
        tx.createQuery("""
                        select id from channels
                        where user_id = :userId and mode = :mode
                          and id in (select channel_id from targets where post_id = :post)
                        order by id
                        <forKeep>
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("post", post)
                .mapTo(UUID.class)
                .list();
    }

    /** Waits for all who are making posts for the channel, and makes the next ones wait; false when there is none. */
    boolean lock(Handle tx, Caller caller, UUID id) {
        return tx.createQuery("""
                        select id from channels
                        where id = :id and user_id = :userId and mode = :mode
                        <forUpdate>
                        """)
                .bind("id", id)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    /** As above, for somebody whose browser shows no key. */
    Optional<Channel> lock(Handle tx, UUID userId, Mode mode, UUID id) {
        return tx.createQuery(SELECT + "where id = :id and user_id = :userId and mode = :mode <forUpdate>")
                .bind("id", id)
                .bind("userId", userId)
                .bind("mode", mode.value())
                .map(ChannelStore::channel)
                .findOne();
    }

    List<Channel> list(Handle tx, Caller caller, Position after, int limit) {
        return tx.createQuery(SELECT + """
                        where user_id = :userId and mode = :mode and (created_at, id) < (:createdAt, :id)
                        order by created_at desc, id desc
                        limit :limit
                        """)
                .bind("userId", caller.userId())
                .bind("mode", caller.mode().value())
                .bind("createdAt", after.createdAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .map(ChannelStore::channel)
                .list();
    }

    void rename(Handle tx, UUID id, TagFreeText name) {
        tx.createUpdate("""
                        update channels
                        set name = :name, warnings = :warnings, updated_at = :now, version = version + 1
                        where id = :id
                        """)
                .bind("name", name.text())
                .bind("warnings", Json.text(name.warnings()))
                .bind("now", clock.instant())
                .bind("id", id)
                .execute();
    }

    /**
     * The name of the account, which its owner may change on the network, and the end of its new credentials, with which it
     * works. That is told where they had been asked for.
     */
    void renew(Handle tx, UUID id, Account account) {
        int told = wasAskedFor(tx, id) ? 1 : 0;
        tx.createQuery("""
                        update channels
                        set account_name = :name, credentials_expire_at = :end, status = 'connected', updated_at = :now,
                            version = version + 1, event_sequence = event_sequence + :told
                        where id = :id
                        returning event_sequence as events,\s""" + OF_WHOM + SHOWN)
                .bind("name", account.name())
                .bind("end", account.end())
                .bind("now", clock.instant())
                .bind("told", told)
                .bind("id", id)
                .map(ChannelStore::changed)
                .findOne()
                .filter(channel -> told > 0)
                .ifPresent(channel -> events.append(tx, EventType.CHANNEL_CONNECTED, channel));
    }

    /** Because the network refused the ones before, or as {@link #askEarly} does. */
    private static boolean wasAskedFor(Handle tx, UUID id) {
        return tx.createQuery("""
                        select id from channels
                        where id = :id
                          and (status <> 'connected' or credentials_expire_at is not null and ask_credentials_at is null)
                        """).bind("id", id).mapTo(UUID.class).findOne().isPresent();
    }

    /** When its owner is to be asked for new credentials; null when nobody has to be, or has been already. */
    void askAt(Handle tx, UUID id, @Nullable Instant at) {
        tx.createUpdate("update channels set ask_credentials_at = :at where id = :id")
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    /** As {@link #askAt} said; empty where nobody is to be asked. */
    Optional<Instant> askAt(Handle tx, UUID id) {
        return tx.createQuery(
                        "select ask_credentials_at from channels where id = :id and ask_credentials_at is not null")
                .bind("id", id)
                .mapTo(Instant.class)
                .findOne();
    }

    /** Asks for new credentials while the old ones still work: nothing changes but that it was told. */
    void askEarly(Handle tx, UUID id) {
        tx.createQuery("""
                        update channels set event_sequence = event_sequence + 1, ask_credentials_at = null
                        where id = :id and status = 'connected'
                        returning event_sequence as events,\s""" + OF_WHOM + SHOWN)
                .bind("id", id)
                .map(ChannelStore::changed)
                .findOne()
                .ifPresent(channel -> events.append(tx, EventType.CHANNEL_REAUTHORIZATION_REQUIRED, channel));
    }

    /** Whether another channel, of whomever, posts to the same account. */
    boolean isAccountShared(Handle tx, Channel channel) {
        return tx.createQuery("""
                        select count(*) from channels
                        where provider = :provider and account_id = :accountId and id <> :id
                        """)
                        .bind("provider", channel.provider().value())
                        .bind("accountId", channel.accountId())
                        .bind("id", channel.id())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** How the sandbox network treats the channel from now on. */
    void behave(Handle tx, UUID id, SandboxSettings settings) {
        tx.createUpdate("update channels set sandbox_behaviour = :behaviour where id = :id")
                .bind("behaviour", settings.behaviour().value())
                .bind("id", id)
                .execute();
    }

    private static @Nullable SandboxSettings sandbox(@Nullable String behaviour) {
        return behaviour == null ? null : new SandboxSettings(SandboxBehaviour.of(behaviour));
    }

    /** The network has just taken something: whatever was wrong is not any more. */
    public void works(Handle tx, UUID id) {
        become(tx, id, ChannelStatus.CONNECTED, EventType.CHANNEL_CONNECTED);
    }

    /** Asks for new credentials. */
    public void requireReauthorization(Handle tx, UUID id) {
        become(tx, id, ChannelStatus.REAUTHORIZATION_REQUIRED, EventType.CHANNEL_REAUTHORIZATION_REQUIRED);
    }

    private void become(Handle tx, UUID id, ChannelStatus status, EventType event) {
        tx.createQuery("""
                        update channels
                        set status = :status, updated_at = :now, version = version + 1,
                            event_sequence = event_sequence + 1
                        where id = :id and status <> :status
                        returning event_sequence as events,\s""" + OF_WHOM + SHOWN)
                .bind("status", status.value())
                .bind("now", clock.instant())
                .bind("id", id)
                .map(ChannelStore::changed)
                .findOne()
                .ifPresent(channel -> events.append(tx, event, channel));
    }

    void delete(Handle tx, UUID id) {
        tx.createQuery("delete from channels where id = :id returning event_sequence + 1 as events, " + OF_WHOM + SHOWN)
                .bind("id", id)
                .map(ChannelStore::changed)
                .findOne()
                .ifPresent(channel -> events.append(tx, EventType.CHANNEL_DISCONNECTED, channel));
    }

    private static ChangedResource changed(RowView row) {
        Channel channel = channel(row);
        return new ChangedResource(
                row.getColumn("user_id", UUID.class),
                Mode.of(row.getColumn("mode", String.class)),
                channel.id(),
                row.getColumn("events", Integer.class),
                data(channel));
    }

    private static EventData data(Channel channel) {
        return new EventData(null, null, null, channel, null, null);
    }

    private static Channel channel(RowView row) {
        return new Channel(
                row.getColumn("id", UUID.class),
                row.getColumn("name", String.class),
                Provider.of(row.getColumn("provider", String.class)),
                ChannelStatus.of(row.getColumn("status", String.class)),
                row.getColumn("account_id", String.class),
                row.getColumn("account_name", String.class),
                TagFreeText.warnings(row.getColumn("warnings", String.class)),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class),
                row.getColumn("version", Integer.class),
                sandbox(row.getColumn("sandbox_behaviour", String.class)),
                row.getColumn("credentials_expire_at", Instant.class));
    }
}
