package io.flowapi.providers.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database is away in the moment in which new tokens come: the ones before are good no more. */
@Tag("one-database")
class UnstoredTokensTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final Flow flow = new Flow(Duration.ofMillis(500));

    @Test
    void tokens_that_could_not_be_stored_are_stored_by_the_next_who_asks() throws Exception {
        try (TokenWorld world = new TokenWorld(flow);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            flow.clock().advance(TokenWorld.LIFE);
            String before = world.stored().accessToken();
            CountDownLatch held = world.network.hold();
            Future<?> failing = threads.submit(world::current);
            Await.within(SOON, world::beingRenewed);

            try (Connection other = DriverManager.getConnection(
                            "jdbc:sqlite:" + flow.directory().resolve("flow.db"));
                    Statement lock = other.createStatement()) {
                lock.execute("begin immediate");
                held.countDown();
                Await.within(SOON, failing::isDone);
                assertThat(failing.state()).isEqualTo(Future.State.FAILED);
                assertThat(world.stored().accessToken()).isEqualTo(before);
                lock.execute("rollback");
            }

            assertThat(world.current()).isInstanceOf(TokenAnswer.Ready.class);
            assertThat(world.stored().accessToken()).isNotEqualTo(before);
            assertThat(world.network.accountOf(world.stored().accessToken())).contains("alice");
            assertThat(world.network.refreshes()).hasSize(1);
        }
    }
}
