package io.flowapi.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events are kept for as long as the operator wants, and no longer. */
class PurgeEventsTest {

    private static final int MANY = 2 * OldEventStore.AT_ONCE + 1;

    @RegisterExtension
    static final Flow flow = new Flow(Map.of("FLOW_EVENT_RETENTION_DAYS", "2"));

    private final TestCaller alice = flow.caller();

    private int listed() {
        return alice.get("/v1/events?limit=100").ok().path("data").size();
    }

    private static void purge() {
        JobQueue queue = new JobQueue(flow.installation().ids());
        flow.installation().database().write(tx -> {
            queue.enqueue(
                    tx, Work.maintenance("purge_events", "all"), flow.clock().instant());
            return true;
        });
        flow.runDueJobs();
    }

    @Test
    void what_is_old_is_forgotten_and_what_is_not_is_kept() {
        String channel = alice.channel();
        flow.clock().advance(Duration.ofDays(1));
        alice.channel();
        purge();
        assertThat(listed()).isEqualTo(2);

        flow.clock().advance(Duration.ofDays(1));
        flow.runDueJobs();
        assertThat(listed()).isEqualTo(2);
        flow.clock().advance(Duration.ofHours(1));
        flow.runDueJobs();

        assertThat(listed()).isEqualTo(1);
        alice.delete("/v1/channels/" + channel).expect(204);
        // It goes on counting where it was: who has missed an event can tell.
        assertThat(alice.get("/v1/events?resourceId=" + channel)
                        .ok()
                        .at("/data/0/sequence")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void what_is_still_on_its_way_to_a_webhook_is_kept_until_it_has_arrived() {
        String webhook = alice.webhook("https://hooks.example.com/flow", "*");
        String channel = alice.channel();
        flow.clock().advance(Duration.ofDays(3));
        purge();
        assertThat(listed()).isEqualTo(1);

        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        "update deliveries set status = 'delivered', next_attempt_at = null where webhook_id = ?",
                        webhook));
        flow.clock().advance(Duration.ofHours(1));
        purge();

        assertThat(listed()).isZero();
        alice.get("/v1/channels/" + channel).expect(200);
    }

    @Test
    void very_many_are_forgotten_in_many_transactions() {
        String channel = alice.channel();
        flow.installation().database().write(tx -> {
            IntStream.range(0, MANY)
                    .forEach(_ -> tx.execute(
                            "insert into events (id, user_id, mode, type, resource_id, sequence, data, created_at)"
                                    + " select ?, user_id, mode, type, resource_id, sequence, data, created_at"
                                    + " from events where resource_id = ? limit 1",
                            flow.installation().ids().next().toString(),
                            channel));
            return null;
        });
        flow.clock().advance(Duration.ofDays(3));

        purge();

        assertThat(listed()).isZero();
    }
}
