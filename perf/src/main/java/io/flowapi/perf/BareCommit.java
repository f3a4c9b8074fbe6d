package io.flowapi.perf;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseConfig;
import io.flowapi.platform.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;

/** The rows of a new post with nothing around them: no HTTP, no checks. What the server adds shows against this. */
final class BareCommit implements AutoCloseable {

    private static final String TEXT = "x".repeat(135);
    private static final String ANSWER = "x".repeat(900);
    private static final String USER = "00000000-0000-7000-8000-000000000001";

    private final Database database;

    BareCommit(Path directory) {
        database = Database.open(
                new DatabaseConfig(directory, null, Duration.ofSeconds(5)), new Metrics(InstantSource.system()));
        database.write(tx -> tx.execute("insert into users (id, name, created_at) values (?, 'bare', 0)", USER));
    }

    Call call() {
        return () -> database.write(BareCommit::insert);
    }

    private static int insert(Handle tx) {
        long now = System.currentTimeMillis();
        String post = id(now);
        String target = id(now);
        tx.createUpdate("""
                        insert into idempotency_keys (owner, key, fingerprint, answer, created_at)
                        values (:owner, :key, :fingerprint, :answer, :now)
                        """)
                .bind("owner", USER)
                .bind("key", UUID.randomUUID().toString())
                .bind("fingerprint", post + target)
                .bind("answer", ANSWER)
                .bind("now", now)
                .execute();
        tx.createUpdate("""
                        insert into posts
                          (id, user_id, mode, content, metadata, status, created_at, updated_at, version)
                        values (:id, :user, 'test', :content, '{}', 'publishing', :now, :now, 1)
                        """)
                .bind("id", post)
                .bind("user", USER)
                .bind("content", TEXT)
                .bind("now", now)
                .execute();
        tx.createUpdate("""
                        insert into targets (id, post_id, position, channel_id, provider, status, due_at, attempts)
                        values (:id, :post, 0, :channel, 'sandbox', 'pending', :now, 0)
                        """)
                .bind("id", target)
                .bind("post", post)
                .bind("channel", USER)
                .bind("now", now)
                .execute();
        return tx.createUpdate("""
                        insert into jobs (id, kind, subject, lane, priority, due_at, state, attempts, fence)
                        values (:id, 'publish_target', :target, 'sandbox', 0, :now, 'ready', 0, 0)
                        """)
                .bind("id", id(now))
                .bind("target", target)
                .bind("now", now)
                .execute();
    }

    /** Ascending, as the server's ids are: random ones would be dearer to index. */
    private static String id(long now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(now << 16 | 0x7000, random.nextLong() >>> 2 | 1L << 63).toString();
    }

    @Override
    public void close() {
        database.close();
    }
}
