package io.flowapi.posts;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The posts and targets that wait for one channel; what only a person can know waits for none. */
final class ChannelPostsStore {

    private static final String WAITING_ON = """
            from targets t
            join posts p on p.id = t.post_id
            where t.channel_id = :channel
              and (t.status in ('pending', 'publishing') or (t.status = 'unknown' and t.ask_until is not null))
              and p.status <> 'draft'
            """;

    /** Locks what waits for a channel, always in the same order, so that two who do it cannot block each other. */
    void lockWaitingOn(Handle tx, UUID channel) {
        tx.createQuery("""
                        select id from posts
                        where status <> 'draft'
                          and id in (
                            select post_id from targets
                            where channel_id = :channel and status in ('pending', 'publishing', 'unknown'))
                        order by id
                        <forUpdate>
                        """).bind("channel", channel).mapTo(UUID.class).list();
    }

    long countWaitingOn(Handle tx, UUID channel) {
        return tx.createQuery("select count(*) as n " + WAITING_ON)
                .bind("channel", channel)
                .map(row -> row.getColumn("n", Long.class))
                .one();
    }

    /** The first posts that wait for a channel; there may be very many. */
    List<UUID> postsWaitingOn(Handle tx, UUID channel, int limit) {
        return tx.createQuery("select p.id " + WAITING_ON + """
                        order by p.id
                        limit :limit
                        """)
                .bind("channel", channel)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    boolean anyStartedOn(Handle tx, UUID channel) {
        return tx.createQuery("""
                                select count(*) as n
                                from targets
                                where channel_id = :channel
                                  and (status = 'publishing' or (status = 'unknown' and ask_until is not null)
                                    or (status = 'pending' and exists (
                                      select 1 from attempts a
                                      where a.target_id = targets.id and a.outcome in ('absent', 'unknown')
                                        and a.may_come_until is not null)))
                                """)
                        .bind("channel", channel)
                        .map(row -> row.getColumn("n", Long.class))
                        .one()
                > 0;
    }

    /** The posts on their way out that will not go to this channel any more: few, as they are due now. */
    List<UUID> publishingWithout(Handle tx, UUID channel) {
        return tx.createQuery("""
                        select p.id
                        from targets t
                        join posts p on p.id = t.post_id
                        where t.channel_id = :channel and t.status = 'cancelled' and p.status = 'publishing'
                        order by p.id
                        """).bind("channel", channel).mapTo(UUID.class).list();
    }

    /** Cancels what waits for a channel, with its jobs. Drafts keep their targets: their users decide. */
    void cancelOn(Handle tx, UUID channel) {
        tx.createUpdate("""
                        update targets
                        set status = 'cancelled'
                        where channel_id = :channel
                          and status = 'pending'
                          and not exists (select 1 from posts p where p.id = targets.post_id and p.status = 'draft')
                        """).bind("channel", channel).execute();
        // Stands here and not in the queue, which knows no targets: one statement for however many jobs.
        tx.createUpdate("""
                        delete from jobs
                        where kind = :kind
                          and subject in (select id from targets where channel_id = :channel and status = 'cancelled')
                        """)
                .bind("kind", PublishTarget.KIND)
                .bind("channel", channel)
                .execute();
    }
}
