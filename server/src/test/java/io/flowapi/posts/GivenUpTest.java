package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a fault of the server stops does not sit in silence: its post says so, and the console can take it up again. */
class GivenUpTest {

    private final Flow flow = new Flow();

    private TestCaller alice;
    private String channel;

    @BeforeEach
    void start() {
        flow.start();
        alice = flow.caller();
        channel = alice.channel();
    }

    @AfterEach
    void stop() {
        flow.stop();
    }

    private void sql(String statement) {
        flow.installation().database().write(tx -> tx.execute(statement));
    }

    /** As if the job had failed for almost a day: two more times are the end. */
    private void failForADay() {
        sql("update jobs set attempts = 298 where kind = 'publish_target'");
        for (int failure = 0; failure < 2; failure++) {
            flow.runDueJobs();
            flow.clock().advance(Duration.ofMinutes(5));
        }
        flow.runDueJobs();
    }

    /** A row that contradicts itself is a fault to whoever reads it. */
    private String stoppedBeforeSending() {
        String post = alice.publishNow(channel, "Stopped");
        sql("update targets set attempts = 1");
        failForADay();
        return post;
    }

    private List<JsonNode> dead() {
        return new Shell(flow.environment()).flow("jobs", "list", "--json").json();
    }

    private int retry(JsonNode job) {
        return new Shell(flow.environment())
                .flow("jobs", "retry", job.path("id").asText())
                .exit();
    }

    @Test
    void what_was_not_sent_has_failed_and_the_figures_and_the_console_tell() {
        String id = stoppedBeforeSending();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("failed");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("server_fault");
        assertThat(post.at("/targets/0/error/category").asText()).isEqualTo("system_error");
        assertThat(flow.scrape().sum("flow_queue_jobs", "state", "dead")).isEqualTo(1);
        assertThat(dead()).singleElement().satisfies(job -> {
            assertThat(job.path("kind").asText()).isEqualTo("publish_target");
            assertThat(job.path("subject").asText())
                    .isEqualTo(post.at("/targets/0/id").asText());
            assertThat(job.path("attempts").asInt()).isEqualTo(300);
        });
        Shell.Output doctor = new Shell(flow.environment()).flow("doctor");
        assertThat(doctor.out()).contains("1 were given up after a day of faults");
    }

    @Test
    void the_console_takes_it_up_again_when_the_fault_is_mended() {
        String id = stoppedBeforeSending();
        sql("update targets set attempts = 0");

        assertThat(retry(dead().getFirst())).isZero();
        flow.clock().advance(Duration.ofDays(3));
        flow.runDueJobs();

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
        assertThat(alice.timeline(channel)).containsExactly("Stopped");
        assertThat(dead()).isEmpty();
    }

    @Test
    void a_retry_of_its_user_takes_it_up_as_well_and_it_is_not_dead_any_more() {
        String id = stoppedBeforeSending();
        sql("update targets set attempts = 0");

        alice.post("/v1/posts/" + id + "/retry").expect(200);
        flow.runDueJobs();

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
        assertThat(dead()).isEmpty();
    }

    @Test
    void what_was_sent_needs_a_person_and_goes_when_that_person_has_settled_it() {
        String id = alice.publishNow(channel, "[sandbox:unknown]");
        flow.runDueJobs();
        sql("update targets set attempts = 2");
        flow.clock().advance(Duration.ofSeconds(1));
        failForADay();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("needs_attention");
        assertThat(post.at("/targets/0/status").asText()).isEqualTo("unknown");
        assertThat(post.at("/targets/0/error/code").asText()).isEqualTo("server_fault");
        assertThat(dead()).hasSize(1);

        sql("update targets set attempts = 1");
        alice.post(
                        "/v1/posts/" + id + "/targets/"
                                + post.at("/targets/0/id").asText() + "/resolve",
                        "{\"outcome\":\"failed\"}")
                .expect(200);
        assertThat(dead()).isEmpty();
    }

    @Test
    void that_a_send_became_doubtful_so_is_told() {
        String id = alice.publishNow(channel, "Stopped");
        sql("update targets set status = 'publishing', attempts = 1");

        failForADay();

        JsonNode post = alice.getPost(id);
        assertThat(post.path("status").asText()).isEqualTo("needs_attention");
        assertThat(alice.get("/v1/events?resourceId=" + post.at("/targets/0/id").asText())
                        .ok()
                        .path("data"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("type").asText()).isEqualTo("target.unknown"));
    }

    @Test
    void nothing_else_that_has_failed_is_sent_by_the_console() {
        String id = stoppedBeforeSending();
        JsonNode job = dead().getFirst();
        sql("update targets set error = '{\"category\":\"provider_rejected\",\"code\":\"rejected\",\"message\":\"m\","
                + "\"remediation\":\"r\",\"retryable\":false}'");

        assertThat(retry(job)).isZero();
        flow.runDueJobs();

        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("failed");
        assertThat(retry(job)).as("it is not dead").isEqualTo(2);
    }
}
