package io.flowapi.platform.db;

import static io.flowapi.platform.db.FreshDatabase.count;
import static io.flowapi.platform.db.FreshDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers do leaves connections for requests. */
class BackgroundTest {

    private static final int MORE_THAN_THERE_ARE_CONNECTIONS = 30;

    @TempDir
    Path directory;

    @Test
    void a_request_finds_a_connection_however_much_is_done_in_the_background() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (Database database = FreshDatabase.open(Engine.POSTGRESQL, directory, FreshDatabase.PATIENT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Database background = database.background();
            List<Future<Boolean>> works = IntStream.range(0, MORE_THAN_THERE_ARE_CONNECTIONS)
                    .mapToObj(number -> threads.submit(() -> background.read(tx -> {
                        await(held);
                        return true;
                    })))
                    .toList();

            insert(database, "a");
            assertThat(count(database)).isEqualTo(1);

            held.countDown();
            for (Future<Boolean> work : works) {
                assertThat(work.get()).isTrue();
            }
        } finally {
            held.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
