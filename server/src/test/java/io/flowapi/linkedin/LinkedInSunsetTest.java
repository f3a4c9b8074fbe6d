package io.flowapi.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.doctor.Doctor;
import io.flowapi.doctor.Finding;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.Work;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That LinkedIn stops to take the version of its API is told in time, to whom it concerns and once. */
class LinkedInSunsetTest {

    /** The end of 202601, less sixty days. */
    private static final Instant WARNED = Instant.parse("2026-11-16T00:00:00Z");

    private static final Instant SUNSET = Instant.parse("2027-01-15T00:00:00Z");

    private final TroubledLinkedIn net = new TroubledLinkedIn(Map.of("FLOW_LINKEDIN_VERSION", "202601"));

    @BeforeEach
    void open() {
        net.beforeAll(null);
        net.flow.clock().advance(Duration.between(net.flow.clock().instant(), WARNED.minus(Duration.ofDays(1))));
        net.beforeEach(null);
        plan();
    }

    @AfterEach
    void close() {
        net.afterAll(null);
    }

    /** As every server does when it starts. */
    private void plan() {
        JobQueue queue = new JobQueue(net.flow.installation().ids());
        net.flow.installation().database().write(tx -> {
            queue.enqueue(
                    tx,
                    Work.maintenance("version_sunset", "linkedin"),
                    net.flow.clock().instant());
            return true;
        });
        net.flow.runDueJobs();
    }

    private static JsonNode told(TestCaller caller) {
        return caller.get("/v1/events?type=provider.version_sunset").ok().path("data");
    }

    private void days(int days) {
        for (int day = 0; day < days; day++) {
            net.flow.clock().advance(Duration.ofDays(1));
            net.flow.runDueJobs();
        }
    }

    private Finding doctor(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(net.flow.environment());
        environment.putAll(more);
        List<Finding> findings = new ArrayList<>();
        new Doctor(environment, net.flow.clock(), findings::add).examine("http://127.0.0.1:" + net.flow.port());
        return findings.stream()
                .filter(finding -> finding.check().equals("LinkedIn version"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sixty_days_before_it_is_told_once_to_each_who_has_a_channel() {
        String webhook = net.alice.webhook("https://hooks.example.com/flow", "provider.version_sunset");
        net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN, "author", FakeLinkedIn.ORGANISATION))
                .created();
        TestCaller bob = net.flow.caller();
        bob.channel();
        assertThat(told(net.alice)).isEmpty();

        days(1);
        assertThat(told(net.alice)).hasSize(1);
        days(20);
        plan();

        JsonNode event = told(net.alice).get(0);
        assertThat(told(net.alice)).hasSize(1);
        assertThat(event.at("/data/provider/provider").asText()).isEqualTo("linkedin");
        assertThat(event.at("/data/provider/version").asText()).isEqualTo("202601");
        assertThat(Instant.parse(event.at("/data/provider/sunsetAt").asText())).isEqualTo(SUNSET);
        assertThat(event.path("resourceId")).isEqualTo(event.at("/data/provider/id"));
        assertThat(event.path("sequence").asInt()).isEqualTo(1);
        assertThat(told(bob)).isEmpty();
        assertThat(net.alice.get("/v1/webhooks/" + webhook + "/deliveries").ok().path("data"))
                .hasSize(1);
    }

    @Test
    void whoever_connects_later_is_told_within_a_day() {
        days(5);
        TestCaller carol = net.flow.user().key(Mode.LIVE);
        net.alice = carol;
        net.connect(Map.of("accessToken", FakeLinkedIn.TOKEN)).created();

        days(1);

        assertThat(told(carol)).hasSize(1);
    }

    @Test
    void the_doctor_warns_sixty_days_before_and_says_what_to_set() {
        assertThat(doctor(Map.of()).status()).isEqualTo(Finding.Status.UNPROVEN);
        assertThat(doctor(Map.of()).detail()).isEqualTo("202601 ends on 2027-01-15");

        days(1);
        assertThat(doctor(Map.of()).status()).isEqualTo(Finding.Status.FAILED);
        assertThat(doctor(Map.of()).detail()).contains("FLOW_LINKEDIN_VERSION");
        assertThat(doctor(Map.of("FLOW_LINKEDIN_VERSION", "202609")).status()).isEqualTo(Finding.Status.UNPROVEN);

        net.flow.clock().advance(Duration.ofDays(60));
        assertThat(doctor(Map.of()).detail()).contains("202601 ended on 2027-01-15");
    }

    @Test
    void the_doctor_does_not_mind_where_nobody_uses_linkedin() {
        Flow other = new Flow(Map.of("FLOW_LINKEDIN_VERSION", "202511"));
        other.start();
        try {
            List<Finding> findings = new ArrayList<>();
            new Doctor(other.environment(), other.clock(), findings::add).examine("http://127.0.0.1:" + other.port());

            assertThat(findings)
                    .filteredOn(finding -> finding.check().equals("LinkedIn version"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.status()).isEqualTo(Finding.Status.UNPROVEN);
                        assertThat(finding.detail()).isEqualTo("202511 ended on 2026-11-16; nobody uses LinkedIn");
                    });
        } finally {
            other.stop();
        }
    }
}
