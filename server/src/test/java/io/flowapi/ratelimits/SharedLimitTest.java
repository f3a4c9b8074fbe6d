package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many callers at once, over HTTP; on PostgreSQL at two servers of one database. */
class SharedLimitTest {

    private static final int LIMIT = 20;
    private static final int CALLERS = 16;
    private static final boolean POSTGRES = "postgres".equals(System.getProperty("flow.test.database"));

    @RegisterExtension
    static final Flow flow = new Flow(Map.of("FLOW_RATE_LIMIT_DEFAULT", "" + LIMIT));

    @Test
    void no_window_has_more_than_its_limit_whoever_asks_which_server() throws Exception {
        long seed = Long.getLong("flow.test.seed", System.nanoTime());
        System.out.println("shared limit with -Dflow.test.seed=" + seed);
        Random random = new Random(seed);
        TestCaller key = flow.caller();
        List<Long> accepted = new ArrayList<>();

        try (Second second = Second.start();
                ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<TestCaller> servers = List.of(key, second.caller(key));
            for (int round = 0; round < 25; round++) {
                List<Callable<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < random.nextInt(2 * CALLERS); i++) {
                    TestCaller server = servers.get(random.nextInt(2));
                    calls.add(() -> server.get("/v1/me").status());
                }
                long now = flow.clock().instant().toEpochMilli();
                for (Future<Integer> call : threads.invokeAll(calls)) {
                    assertThat(call.get()).isIn(200, 429);
                    if (call.get() == 200) {
                        accepted.add(now);
                    }
                }
                flow.clock().advance(Duration.ofMillis(random.nextInt(20_000)));
            }
        }

        assertThat(accepted).hasSizeGreaterThan(LIMIT);
        assertThat(WindowCount.most(accepted)).isEqualTo(LIMIT);
    }

    /** Another server of the same database; on SQLite, where there can be none, the same one again. */
    private record Second(Installation installation, FlowServer server) implements AutoCloseable {

        static Second start() {
            if (!POSTGRES) {
                return new Second(null, null);
            }
            Map<String, String> environment = new HashMap<>(flow.environment());
            environment.put("FLOW_DATA_DIR", flow.directory().resolve("second").toString());
            Config config = Config.from(environment, Config.Role.API);
            Installation installation = Installation.open(config, flow.clock());
            FlowServer server = new FlowServer(config, installation);
            server.start();
            return new Second(installation, server);
        }

        TestCaller caller(TestCaller first) {
            return server == null ? first : TestCaller.at(server.port(), first.key());
        }

        @Override
        public void close() {
            if (server != null) {
                server.close();
                installation.close();
            }
        }
    }
}
