package io.flowapi.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stops a send on our side, before anything came to the network, is not held against the network. */
class InterruptedSendTest {

    /** These failures are wanted. Held, because what nobody holds is forgotten. */
    private static final Logger WORKER = Logger.getLogger("io.flowapi.platform.jobs.Worker");

    private final Flow flow = new Flow();

    private TestCaller alice;
    private String channel;

    @BeforeEach
    void start() {
        WORKER.setLevel(Level.OFF);
        flow.start();
        alice = flow.caller();
        channel = alice.channel();
    }

    @AfterEach
    void stop() {
        flow.stop();
        WORKER.setLevel(null);
    }

    private void sql(String statement) {
        flow.installation().database().write(tx -> tx.execute(statement));
    }

    /** The start is committed, then the worker fails; afterwards the network is asked, and does not have it. */
    private void interrupt() {
        sql("alter table sandbox_requests rename to gone");
        flow.runDueJobs();
        sql("alter table gone rename to sandbox_requests");
        flow.clock().advance(Duration.ofSeconds(1));
        flow.runDueJobs();
        flow.clock().advance(Duration.ofMinutes(1));
    }

    @Test
    void a_post_goes_out_however_often_its_sends_were_interrupted() {
        String id = alice.publishNow(channel, "Unlucky");
        int interruptions = 2 * Doubts.SENDS_MAX;

        for (int i = 0; i < interruptions; i++) {
            interrupt();
        }
        JsonNode waiting = alice.getPost(id);
        JsonNode cutOff = alice.get("/v1/posts/" + id + "/attempts").ok().at("/data/0");
        flow.runDueJobs();

        assertThat(waiting.at("/targets/0/status").asText()).isEqualTo("pending");
        assertThat(cutOff.path("outcome").asText()).isEqualTo("absent");
        assertThat(cutOff.at("/error/code").asText()).isEqualTo("interrupted");
        assertThat(alice.getPost(id).path("status").asText()).isEqualTo("published");
        assertThat(alice.getPost(id).at("/targets/0/attempts").asInt()).isEqualTo(interruptions + 1);
        assertThat(alice.timeline(channel)).containsExactly("Unlucky");
    }

    @Test
    void a_send_that_is_always_interrupted_is_given_up_in_the_end() {
        String id = alice.publishNow(channel, "Deadly");

        for (int i = 0; i < Doubts.INTERRUPTED_MAX + 5; i++) {
            interrupt();
        }

        JsonNode target = alice.getPost(id).at("/targets/0");
        assertThat(target.path("status").asText()).isEqualTo("failed");
        assertThat(target.path("attempts").asInt()).isEqualTo(Doubts.INTERRUPTED_MAX);
        assertThat(target.at("/error/code").asText()).isEqualTo("server_fault");
        assertThat(alice.timeline(channel)).isEmpty();
    }
}
