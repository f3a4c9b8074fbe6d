package io.flowapi.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.doctor.Doctor;
import io.flowapi.doctor.Finding;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.LogRecords;
import io.flowapi.testing.TestCaller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose machines have another time than their PostgreSQL, and one that has no PostgreSQL. */
@Tag("one-database")
class ServerClockTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final TwoClocks times = new TwoClocks();

    private Node node(String url) {
        return Node.on(directory.resolve("node"), url, times::machine);
    }

    @Test
    void posts_go_out_by_the_time_of_the_database_whatever_the_machine_shows() {
        for (int ahead : List.of(5, -5)) {
            times.set(Duration.ofSeconds(ahead));
            try (Node node = node(times.database())) {
                TestCaller alice = node.caller();
                String channel = alice.channel();
                Instant due = times.now().plusSeconds(10);
                String post = alice.schedule(channel, "On time", due);

                assertThat(alice.getPost(post).path("createdAt").asText())
                        .isEqualTo(times.now().toString());
                times.pass(Duration.ofMillis(9_999));
                node.runDueJobs();
                assertThat(alice.timeline(channel)).isEmpty();
                times.pass(Duration.ofMillis(1));
                node.runDueJobs();
                assertThat(alice.timeline(channel)).containsExactly("On time");
                assertThat(alice.getPost(post).at("/targets/0/sentAt").asText()).isEqualTo(due.toString());
            }
        }
    }

    @Test
    void a_clock_that_is_set_while_the_server_runs_sends_nothing_before_its_time() {
        try (Node node = node(times.database())) {
            TestCaller alice = node.caller();
            String channel = alice.channel();
            alice.schedule(channel, "On time", times.now().plusSeconds(4));
            node.runDueJobs();

            times.set(Duration.ofSeconds(4));
            node.runDueJobs();
            assertThat(alice.timeline(channel)).isEmpty();
            times.pass(Duration.ofSeconds(4));
            times.set(Duration.ofSeconds(-4));
            node.runDueJobs();
            assertThat(alice.timeline(channel)).containsExactly("On time");
        }
    }

    @Test
    void more_than_five_seconds_of_skew_stop_the_queue_until_they_are_gone_and_posts_are_accepted_meanwhile() {
        times.set(Duration.ofMillis(5_001));
        try (LogRecords log = LogRecords.of(ServerClock.class);
                Node node = node(times.database())) {
            TestCaller alice = node.caller();
            String channel = alice.channel();
            String post = alice.publishNow(channel, "Later");
            for (int round = 0; round < 3; round++) {
                times.pass(Duration.ofSeconds(10));
                node.runDueJobs();
                assertThat(node.queue()).isEqualTo("error");
            }
            assertThat(alice.timeline(channel)).isEmpty();
            assertThat(alice.getPost(post).path("status").asText()).isEqualTo("publishing");
            assertThat(node.scrape().sum("flow_clock_skew_seconds")).isEqualTo(5.001);
            assertThat(log.warnings()).singleElement().asString().contains("5.001 s ahead", "NTP");

            times.set(Duration.ofSeconds(-5));
            times.pass(Duration.ofSeconds(1));
            node.runDueJobs();
            assertThat(alice.timeline(channel)).containsExactly("Later");
            assertThat(node.queue()).isEqualTo("ok");
            assertThat(node.scrape().sum("flow_clock_skew_seconds")).isEqualTo(-5);
            assertThat(log.warnings()).hasSize(2);
        }
    }

    @Test
    void what_users_say_of_time_is_held_to_the_database_even_by_a_machine_an_hour_off() {
        times.set(HOUR);
        try (Node node = node(times.database())) {
            TestCaller alice = node.caller();
            String channel = alice.channel();

            assertThat(alice.getPost(alice.schedule(
                                    channel, "Future", times.now().plusSeconds(10)))
                            .path("status")
                            .asText())
                    .isEqualTo("scheduled");
            Answer past = alice.post(
                    "/v1/posts",
                    TestCaller.postJson(
                            channel, "Past", "\"scheduledAt\":\"" + times.now().minusSeconds(61) + "\""));
            past.isProblem(422, "validation_failed", "#/scheduledAt out_of_range");
        }
    }

    @Test
    void a_worker_that_must_not_take_anything_does_not_count_as_one_and_another_goes_on() {
        String url = times.database();
        try (Node good = node(url);
                Node wrong = Node.on(
                        directory.resolve("wrong"), url, () -> times.machine().plus(HOUR))) {
            TestCaller alice = good.caller();
            String channel = alice.channel();
            good.runDueJobs();
            alice.publishNow(channel, "By the other");
            times.pass(Duration.ofSeconds(31));

            wrong.runDueJobs();
            assertThat(alice.timeline(channel)).isEmpty();
            assertThat(good.queue()).isEqualTo("error");

            good.runDueJobs();
            times.pass(Duration.ofSeconds(1));
            assertThat(alice.timeline(channel)).containsExactly("By the other");
            assertThat(good.queue()).isEqualTo("ok");
            assertThat(wrong.queue()).isEqualTo("error");
        }
    }

    @Test
    void a_running_server_notices_by_itself_that_the_clocks_part_and_that_they_agree_again() {
        try (Node node = node(times.database())) {
            TestCaller alice = node.caller();

            // No worker looks, as in a server that only takes requests.
            times.setDatabase(HOUR);
            Await.within(SOON, () -> node.installation().clock().skew().equals(HOUR.negated()));
            node.server().worker().start();
            String channel = alice.channel();
            alice.publishNow(channel, "When they agree");

            times.set(Duration.ZERO);
            Await.within(SOON, () -> !alice.timeline(channel).isEmpty());
        }
    }

    @Test
    void without_postgresql_there_is_no_other_clock() {
        times.set(HOUR);
        try (Node node = node("")) {
            TestCaller alice = node.caller();
            String channel = alice.channel();
            alice.publishNow(channel, "By this clock");
            times.set(HOUR.negated());
            times.set(HOUR);
            node.runDueJobs();

            assertThat(alice.timeline(channel)).containsExactly("By this clock");
            assertThat(node.scrape().sum("flow_clock_skew_seconds")).isZero();
            assertThat(node.scrape().has("flow_clock_skew_seconds")).isTrue();
            assertThat(node.installation().clock().instant()).isEqualTo(times.machine());
        }
    }

    @Test
    void the_answer_that_came_soonest_decides_and_what_it_does_not_contradict_stays() {
        Instant at = times.now();
        DatabaseConfig config = new DatabaseConfig(directory, times.database(), Duration.ofSeconds(5));
        try (Database database = Database.open(config, new Metrics(times::machine))) {
            // Asked and answered, four times: after 2 s, 10 ms, 3 s and 1 s.
            List<Long> shown = List.of(0L, 2_000L, 100L, 110L, 0L, 3_000L, 0L, 1_000L);
            Iterator<Instant> machine = shown.stream().map(at::plusMillis).iterator();
            ClockSkew measured = ClockSkew.measured(database, machine::next);

            assertThat(measured).isEqualTo(new ClockSkew(Duration.ofMillis(105), Duration.ofMillis(5)));
            assertThat(measured.contradicts(new ClockSkew(Duration.ofMillis(100), Duration.ZERO)))
                    .isFalse();
            assertThat(measured.contradicts(new ClockSkew(Duration.ofMillis(111), Duration.ZERO)))
                    .isTrue();
        }
    }

    @Test
    void the_doctor_measures_it() {
        try (Node node = node(times.database())) {
            Finding well = clock(node, times::machine);
            Finding wrong = clock(node, () -> times.machine().minus(HOUR));

            assertThat(well.status()).isEqualTo(Finding.Status.OK);
            assertThat(wrong.status()).isEqualTo(Finding.Status.FAILED);
            assertThat(wrong.detail()).contains("3600.0 s behind", "NTP");
        }
    }

    private static Finding clock(Node node, InstantSource machine) {
        List<Finding> findings = new ArrayList<>();
        new Doctor(node.environment(), machine, findings::add).examine(null);
        return findings.stream()
                .filter(finding -> finding.check().equals("clock"))
                .findFirst()
                .orElseThrow();
    }
}
