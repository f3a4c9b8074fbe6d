package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.EventData;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.Mode;
import io.flowapi.events.ChangedResource;
import io.flowapi.platform.db.Database;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens is on its way to whoever wants to know it in the same transaction, and to nobody else. */
class OutboxTest {

    private static final String URL = "https://hooks.example.com/flow";

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);
    private final String channel = alice.channel();

    private List<JsonNode> deliveries(String webhook) {
        List<JsonNode> all = new ArrayList<>();
        alice.get("/v1/webhooks/" + webhook + "/deliveries?limit=100")
                .ok()
                .path("data")
                .forEach(all::add);
        return all;
    }

    private List<String> types(String webhook) {
        return deliveries(webhook).stream()
                .map(delivery -> delivery.path("eventType").asText())
                .toList();
    }

    private String schedule() {
        return alice.schedule(channel, "Later", flow.clock().instant().plus(Duration.ofHours(1)));
    }

    @Test
    void each_webhook_gets_the_types_it_asked_for_and_those_of_its_user_and_mode_alone() {
        String all = alice.webhook(URL, "*");
        String some = alice.webhook(URL, "post.cancelled");
        TestCaller live = user.key(Mode.LIVE);
        String ofLive = live.webhook(URL, "*");
        TestCaller bob = flow.caller();
        String ofBob = bob.webhook(URL, "*");

        alice.post("/v1/posts/" + schedule() + "/cancel").expect(200);

        assertThat(types(all)).containsExactlyInAnyOrder("post.scheduled", "post.cancelled");
        assertThat(types(some)).containsExactly("post.cancelled");
        assertThat(live.get("/v1/webhooks/" + ofLive + "/deliveries").ok().path("data"))
                .isEmpty();
        assertThat(bob.get("/v1/webhooks/" + ofBob + "/deliveries").ok().path("data"))
                .isEmpty();
    }

    @Test
    void what_came_of_sending_is_on_its_way_too_with_the_id_of_its_event() {
        String webhook = alice.webhook(URL, "*");

        alice.publishNow(channel, "Out");
        flow.runDueJobs();

        assertThat(types(webhook)).containsExactlyInAnyOrder("target.published", "post.published");
        assertThat(deliveries(webhook)).allSatisfy(delivery -> {
            JsonNode event =
                    alice.get("/v1/events/" + delivery.path("eventId").asText()).ok();
            assertThat(event.path("type")).isEqualTo(delivery.path("eventType"));
            assertThat(delivery.path("status").asText()).isEqualTo("pending");
            assertThat(delivery.path("kind").asText()).isEqualTo("event");
            assertThat(delivery.path("attemptCount").asInt()).isZero();
            assertThat(delivery.path("nextAttemptAt").asText())
                    .isEqualTo(flow.clock().instant().toString());
        });
    }

    @Test
    void many_events_of_one_request_are_all_on_their_way() {
        String webhook = alice.webhook(URL, "post.cancelled");
        for (int i = 0; i < 5; i++) {
            schedule();
        }

        alice.delete("/v1/channels/" + channel + "?cancelScheduled=true").expect(204);

        assertThat(types(webhook)).hasSize(5).containsOnly("post.cancelled");
        assertThat(deliveries(webhook).stream().map(one -> one.path("eventId").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void nothing_is_on_its_way_of_what_was_undone_or_refused() {
        String webhook = alice.webhook(URL, "*");
        String draft = alice.draft(channel, "Draft");

        alice.post("/v1/posts/" + draft + "/retry").expect(409);
        alice.post("/v1/posts", "{\"content\":\"x\"}").expect(422);

        assertThat(types(webhook)).isEmpty();
    }

    @Test
    void a_disabled_webhook_gets_none_and_what_it_had_stays() {
        String webhook = alice.webhook(URL, "*");
        String post = schedule();
        alice.patch("/v1/webhooks/" + webhook, "{\"status\":\"disabled\"}").expect(200);
        alice.post("/v1/posts/" + post + "/cancel").expect(200);
        assertThat(types(webhook)).containsExactly("post.scheduled");

        alice.patch("/v1/webhooks/" + webhook, "{\"status\":\"enabled\",\"events\":[\"post.scheduled\"]}")
                .expect(200);
        alice.post("/v1/posts/" + schedule() + "/cancel").expect(200);

        assertThat(types(webhook)).containsExactly("post.scheduled", "post.scheduled");
    }

    @Test
    void with_the_webhook_all_of_it_is_gone() {
        String webhook = alice.webhook(URL, "*");
        schedule();

        alice.delete("/v1/webhooks/" + webhook).expect(204);

        alice.get("/v1/webhooks/" + webhook).isProblem(404, "not_found");
        alice.delete("/v1/webhooks/" + webhook).isProblem(404, "not_found");
        assertThat(rowsOf(webhook)).isZero();
        schedule();
    }

    @Test
    void with_its_user_all_of_it_is_gone() {
        String webhook = alice.webhook(URL, "*");
        schedule();

        flow.installation()
                .database()
                .write(tx ->
                        flow.installation().users().delete(tx, user.account().name()));

        assertThat(rowsOf(webhook)).isZero();
    }

    private static long rowsOf(String webhook) {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("""
                                select (select count(*) from deliveries where webhook_id = :id)
                                  + (select count(*) from webhook_events where webhook_id = :id)
                                  + (select count(*) from webhook_secrets where webhook_id = :id)
                                  + (select count(*) from webhooks where id = :id) as n
                                """)
                        .bind("id", webhook)
                        .map(row -> row.getColumn("n", Long.class))
                        .one());
    }

    /** Else the foreign key would fail the post of somebody who knows nothing of the webhook. */
    @Test
    void who_deletes_a_webhook_waits_for_an_event_that_is_being_told_and_fails_nobody() {
        assumeTrue("postgres".equals(System.getProperty("flow.test.database")), "SQLite has one writer");
        String webhook = alice.webhook(URL, "*");
        Database database = flow.installation().database();

        CompletableFuture<Integer> deleting = database.write(tx -> {
            tell(tx);
            CompletableFuture<Integer> deletion = CompletableFuture.supplyAsync(
                    () -> alice.delete("/v1/webhooks/" + webhook).status());
            Await.within(Duration.ofSeconds(20), () -> waiting(tx) > 0);
            tell(tx);
            return deletion;
        });

        assertThat(deleting.join()).isEqualTo(204);
        assertThat(rowsOf(webhook)).isZero();
    }

    /** Neither a change of a webhook waits for an event that is being told, nor an event for a change. */
    @Test
    void a_webhook_is_changed_while_an_event_is_being_told() {
        assumeTrue("postgres".equals(System.getProperty("flow.test.database")), "SQLite has one writer");
        String webhook = alice.webhook(URL, "*");

        int status = flow.installation().database().write(tx -> {
            tell(tx);
            return CompletableFuture.supplyAsync(
                            () -> alice.patch("/v1/webhooks/" + webhook, "{\"description\":\"Busy\"}")
                                    .status())
                    .join();
        });

        assertThat(status).isEqualTo(200);
    }

    /** Who waits for this transaction to end. */
    private static long waiting(Handle tx) {
        return tx.createQuery("""
                        select count(*) as n from pg_locks
                        where locktype = 'transactionid' and not granted
                          and transactionid = cast(pg_current_xact_id() as xid)
                        """).map(row -> row.getColumn("n", Long.class)).one();
    }

    private void tell(Handle tx) {
        UUID resource = UUID.randomUUID();
        flow.installation()
                .events()
                .append(
                        tx,
                        EventType.POST_FAILED,
                        new ChangedResource(
                                user.account().id(),
                                Mode.TEST,
                                resource,
                                1,
                                new EventData(null, resource, null, null, null, null)));
    }
}
