package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Received;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deliveries, over deaths of the server every few seconds. {@code -Dflow.test.deliveries} sets how many there are,
 * {@code -Dflow.test.seed} draws the same moments again, {@code -Dflow.test.evidence} names a file for the figures.
 */
class KillNineDeliveriesTest {

    private static final int DELIVERIES = Integer.getInteger("flow.test.deliveries", 2_000);
    private static final long SEED = Long.getLong("flow.test.seed", System.nanoTime());

    /** So many, and each so slow, that every death finds attempts under way. */
    private static final int WEBHOOKS = 20;

    private static final int ANSWER_MILLIS_MAX = 200;
    private static final int LIFE_MILLIS_MAX = 3_000;
    private static final Duration EVENTS_APART = Duration.ofMillis(50);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SETTLED_MAX = ChosenDatabase.LEASE.plusMinutes(3);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    void every_delivery_arrives_and_what_arrives_twice_has_the_same_id() throws InterruptedException {
        try (WebhookReceiver receiver = WebhookReceiver.start();
                RestartedServer server = RestartedServer.firstStart(
                        "-Dflow.test.seed=" + SEED, "test key", directory.resolve("data"), ChosenDatabase.fresh())) {
            receiver.answers(_ -> answeredAfter(random(ANSWER_MILLIS_MAX)));
            List<String> webhooks = IntStream.range(0, WEBHOOKS)
                    .mapToObj(number -> server.api().webhook(receiver.url("/" + number)))
                    .toList();
            int deaths = killWhileEventsAreMade(server);
            awaitSettled(server.api(), webhooks);
            judge(server.api(), receiver, webhooks, deaths);
        }
    }

    private synchronized int random(int bound) {
        return random.nextInt(bound);
    }

    private static Reply answeredAfter(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        return Reply.status(200);
    }

    /** The last death leaves something over. */
    private int killWhileEventsAreMade(RestartedServer server) throws InterruptedException {
        Thread making = Thread.ofPlatform().daemon().start(() -> {
            while (acknowledged.size() < DELIVERIES / WEBHOOKS) {
                makeEvent(server);
                LockSupport.parkNanos(EVENTS_APART.toNanos());
            }
        });
        int deaths = 0;
        while (making.isAlive()) {
            server.killAfter(Duration.ofMillis(random(LIFE_MILLIS_MAX)));
            deaths++;
        }
        making.join();
        return deaths;
    }

    private void makeEvent(RestartedServer server) {
        try {
            acknowledged.add(server.api().sandboxChannel());
        } catch (UncheckedIOException died) {
            // It was made, or not: if it was, its event is owed too.
        }
    }

    private static void awaitSettled(Api api, List<String> webhooks) {
        long deadline = System.nanoTime() + SETTLED_MAX.toNanos();
        while (webhooks.stream().anyMatch(webhook -> anyPending(api, webhook)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private static boolean anyPending(Api api, String webhook) {
        return !api.get("/v1/webhooks/" + webhook + "/deliveries?limit=1&status=pending")
                .path("data")
                .isEmpty();
    }

    private void judge(Api api, WebhookReceiver receiver, List<String> webhooks, int deaths) {
        Map<String, Integer> arrived = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Received received : receiver.received()) {
            arrived.merge(received.path() + " " + received.id(), 1, Integer::sum);
            told.add(received.path() + " "
                    + Json.tree(received.text()).path("resourceId").asText());
        }
        Set<String> owed = new HashSet<>();
        int undelivered = 0;
        for (int number = 0; number < webhooks.size(); number++) {
            for (JsonNode delivery : api.all("/v1/webhooks/" + webhooks.get(number) + "/deliveries")) {
                owed.add("/" + number + " " + delivery.path("eventId").asText());
                undelivered += delivery.path("status").asText().equals("delivered") ? 0 : 1;
            }
        }
        Set<String> untold = new HashSet<>();
        for (int number = 0; number < webhooks.size(); number++) {
            String path = "/" + number + " ";
            acknowledged.forEach(channel -> untold.add(path + channel));
        }
        untold.removeAll(told);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", "kill-nine-deliveries");
        figures.put("date", Instant.now());
        figures.put("database", ChosenDatabase.NAME);
        figures.put("seed", SEED);
        figures.put("deaths", deaths);
        figures.put("deliveries", owed.size());
        figures.put("lost", without(owed, arrived.keySet()));
        figures.put("acknowledgedAndNotTold", untold.size());
        figures.put("undelivered", undelivered);
        figures.put("withUnknownId", without(arrived.keySet(), owed));
        figures.put("arrivedAgainWithTheSameId", receiver.received().size() - arrived.size());
        write(figures);
        assertThat(owed).as("%s", figures).hasSizeGreaterThanOrEqualTo(DELIVERIES);
        assertThat(figures)
                .containsEntry("lost", 0)
                .containsEntry("acknowledgedAndNotTold", 0)
                .containsEntry("undelivered", 0)
                .containsEntry("withUnknownId", 0);
    }

    private static int without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest.size();
    }

    private static void write(Map<String, Object> figures) {
        System.out.println("kill -9: " + Json.text(figures));
        String file = System.getProperty("flow.test.evidence");
        if (file != null) {
            try {
                Files.write(Path.of(file), Json.bytes(figures));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
