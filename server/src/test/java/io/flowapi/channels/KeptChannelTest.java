package io.flowapi.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowapi.platform.db.Database;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeptChannelTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    /** Else a worker that holds a post and a request that holds its channel would wait for each other. */
    @Test
    void who_makes_a_post_for_a_channel_does_not_keep_a_worker_from_noting_its_status() {
        assumeTrue("postgres".equals(System.getProperty("flow.test.database")), "SQLite has one writer");
        TestCaller alice = flow.caller();
        UUID channel = UUID.fromString(alice.channel());
        Database database = flow.installation().database();
        ChannelStore store = flow.installation().channels();

        database.write(keeper -> {
            keeper.createQuery("select id from channels where id = :id <forKeep>")
                    .bind("id", channel)
                    .mapTo(UUID.class)
                    .one();
            return CompletableFuture.runAsync(() -> database.write(worker -> {
                        store.requireReauthorization(worker, channel);
                        return true;
                    }))
                    .join();
        });

        assertThat(alice.get("/v1/channels/" + channel).text("status")).isEqualTo("reauthorization_required");
    }
}
