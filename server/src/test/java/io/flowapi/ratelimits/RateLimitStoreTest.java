package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server counts in PostgreSQL. */
class RateLimitStoreTest {

    private static final List<Quota> ONE = List.of(new Quota(RateClass.DEFAULT, 1));

    @TempDir
    Path directory;

    private final Flow flow = new Flow(Map.of("FLOW_RATE_LIMIT_DEFAULT", "1"));
    private Database database;

    @BeforeEach
    void start() {
        assumeTrue("postgres".equals(System.getProperty("flow.test.database")), "SQLite has no such table");
        flow.start();
        database = flow.installation().database();
    }

    @AfterEach
    void stop() {
        if (database != null) {
            flow.stop();
        }
    }

    @Test
    void rules_as_the_limiter_in_memory_does() {
        long seed = Long.getLong("flow.test.seed", System.nanoTime());
        System.out.println("both limiters with -Dflow.test.seed=" + seed);
        Random random = new Random(seed);
        RateLimiter store = new RateLimitStore(database);
        try (RateLimiter memory = new InMemoryRateLimiter(AcceptedLog.open(directory), flow.clock())) {
            for (int i = 0; i < 20; i++) {
                String subject = "key:" + i;
                int limit = 1 + random.nextInt(10);
                for (int j = 0; j < 30; j++) {
                    List<Quota> quotas = quotas(random.nextInt(3), limit);
                    assertThat(store.admit(subject, quotas)).isEqualTo(memory.admit(subject, quotas));
                    if (random.nextInt(4) == 0) {
                        flow.clock().advance(Duration.ofMillis(random.nextInt(30_000)));
                    }
                }
            }
        }
    }

    private static List<Quota> quotas(int kind, int limit) {
        Quota all = new Quota(RateClass.DEFAULT, limit);
        Quota posts = new Quota(RateClass.POST_CREATION, 1 + limit / 2);
        return switch (kind) {
            case 0 -> List.of(all);
            case 1 -> List.of(all, posts);
            default -> List.of(posts);
        };
    }

    @Test
    void rules_in_whole_seconds_above_a_thousand_as_the_limiter_in_memory_does() {
        List<Quota> many = List.of(new Quota(RateClass.DEFAULT, 1_010));
        RateLimiter store = new RateLimitStore(database);
        try (RateLimiter memory = new InMemoryRateLimiter(AcceptedLog.open(directory), flow.clock())) {
            for (int i = 0; i < 1_020; i++) {
                if (i % 100 == 99) {
                    flow.clock().advance(Duration.ofMillis(700));
                }
                assertThat(store.admit("key:a", many)).isEqualTo(memory.admit("key:a", many));
            }
            Ruling refused = store.admit("key:a", many);
            assertThat(refused.admitted()).isFalse();
            flow.clock().advance(Duration.ofSeconds(refused.retryAfter() - 1));
            assertThat(store.admit("key:a", many).admitted()).isFalse();
            flow.clock().advance(Duration.ofSeconds(1));
            assertThat(store.admit("key:a", many))
                    .isEqualTo(memory.admit("key:a", many))
                    .extracting(Ruling::admitted)
                    .isEqualTo(true);
        }
    }

    @Test
    void a_clock_that_was_set_back_locks_nobody_out_for_long() {
        RateLimiter store = new RateLimitStore(database);
        assertThat(store.admit("key:a", ONE).admitted()).isTrue();
        flow.clock().advance(Duration.ofSeconds(-30));
        assertThat(store.admit("key:a", ONE).retryAfter()).isEqualTo(90);
        flow.clock().advance(Duration.ofSeconds(-30));
        assertThat(store.admit("key:a", ONE).admitted()).isTrue();
    }

    @Test
    void passes_nothing_without_its_database() {
        RateLimiter store = new RateLimitStore(database);
        database.close();

        assertThatThrownBy(() -> store.admit("key:a", ONE)).isInstanceOf(DatabaseFailure.class);
    }

    @Test
    void forgets_whom_it_has_not_seen_for_minutes() {
        RateLimiter store = new RateLimitStore(database);
        store.admit("key:a", ONE);
        flow.clock().advance(Duration.ofMinutes(11));
        store.admit("key:b", ONE);

        Await.within(Duration.ofSeconds(10), () -> subjects().equals(List.of("key:b")));
    }

    private List<String> subjects() {
        return database.read(tx -> tx.createQuery("select subject from rate_limits")
                .mapTo(String.class)
                .list());
    }
}
