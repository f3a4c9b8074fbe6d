package io.flowapi.channels;

import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.ProviderVersion;
import io.flowapi.events.ChangedResource;
import io.flowapi.events.EventLog;
import io.flowapi.platform.ids.Ids;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The version_sunsets table: who has been told of the end of which version. */
final class VersionSunsetStore {

    private final Ids ids;
    private final EventLog events;

    VersionSunsetStore(Ids ids, EventLog events) {
        this.ids = ids;
        this.events = events;
    }

    private record Owner(UUID userId, Mode mode) {}

    /** Tells some of those who have a channel of the network, and have not been told; says how many. */
    int tell(Handle tx, Provider provider, String version, Instant sunset, Instant now, int limit) {
        List<ChangedResource> told = untold(tx, provider, version, limit).stream()
                .map(owner -> note(tx, owner, new ProviderVersion(ids.next(), provider, version, sunset), now))
                .toList();
        events.append(tx, EventType.PROVIDER_VERSION_SUNSET, told);
        return told.size();
    }

    private static List<Owner> untold(Handle tx, Provider provider, String version, int limit) {
        return tx.createQuery("""
                        select distinct c.user_id, c.mode
                        from channels c
                        where c.provider = :provider
                          and not exists (
                            select 1 from version_sunsets s
                            where s.user_id = c.user_id and s.mode = c.mode
                              and s.provider = :provider and s.version = :version)
                        order by c.user_id, c.mode
                        limit :limit
                        """)
                .bind("provider", provider.value())
                .bind("version", version)
                .bind("limit", limit)
                .map(row ->
                        new Owner(row.getColumn("user_id", UUID.class), Mode.of(row.getColumn("mode", String.class))))
                .list();
    }

    private static ChangedResource note(Handle tx, Owner owner, ProviderVersion version, Instant now) {
        tx.createUpdate("""
                        insert into version_sunsets (id, user_id, mode, provider, version, told_at)
                        values (:id, :userId, :mode, :provider, :version, :now)
                        """)
                .bind("id", version.id())
                .bind("userId", owner.userId())
                .bind("mode", owner.mode().value())
                .bind("provider", version.provider().value())
                .bind("version", version.version())
                .bind("now", now)
                .execute();
        EventData data = new EventData(null, null, null, null, null, version);
        return new ChangedResource(owner.userId(), owner.mode(), version.id(), 1, data);
    }
}
