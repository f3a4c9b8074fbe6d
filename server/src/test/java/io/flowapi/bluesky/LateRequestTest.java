package io.flowapi.bluesky;

import static io.flowapi.bluesky.TroubledNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.LateRequest;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.Treatment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That the server does not have a post does not say that it never will: while a request may be at work, nobody says so. */
@Tag("one-database")
class LateRequestTest {

    private static final String SEND = "putRecord";
    private static final String ASK = "getRecord";
    private static final String NOT_TAKEN =
            "pending: provider_error not_taken -, retryable. Nothing: it is sent again.";
    private static final String MAY_COME =
            "unknown: unknown may_still_come -, retryable. Nothing: it is being resolved.";
    private static final Treatment REFUSED =
            Treatment.answer(400, "{\"error\":\"InvalidRequest\",\"message\":\"No.\"}");
    private static final Treatment LIMITED =
            Treatment.answer(429, "{\"error\":\"RateLimitExceeded\",\"message\":\"No.\"}");

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;
    private LateRequest late;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
        late = new LateRequest(network.pds.url());
    }

    @AfterEach
    void close() {
        network.close();
    }

    private JsonNode after(Duration time, String post) {
        flow.clock().advance(time);
        return network.afterDueJobs(post);
    }

    private void isOutOnce(String post) {
        late.arrive();
        assertThat(network.settled(post).path("status").asText()).isEqualTo("published");
        assertThat(network.shown()).containsExactly("Late");
    }

    /** One post that waits to be sent again while its first request hangs somewhere. */
    private String sentAndNotThere() {
        network.proxy.next(1, SEND, late);
        String post = network.publishNow("Late");
        assertThat(said(network.afterDueJobs(post))).isEqualTo(NOT_TAKEN);
        return post;
    }

    @Test
    void it_cannot_be_cancelled_by_itself_or_with_its_channel() {
        String post = sentAndNotThere();

        network.alice.post("/v1/posts/" + post + "/cancel").isProblem(409, "post_not_cancellable");
        network.alice
                .delete("/v1/channels/" + network.channel() + "?cancelScheduled=true")
                .isProblem(409, "channel_in_use");

        isOutOnce(post);
    }

    @Test
    void that_nothing_comes_any_more_does_not_say_that_nothing_has_come() {
        String post = sentAndNotThere();
        late.arrive();
        flow.clock().advance(Duration.ofMinutes(2));

        network.alice.post("/v1/posts/" + post + "/cancel").isProblem(409, "post_not_cancellable");
        network.alice
                .delete("/v1/channels/" + network.channel() + "?cancelScheduled=true")
                .isProblem(409, "channel_in_use");

        assertThat(network.settled(post).path("status").asText()).isEqualTo("published");
        assertThat(network.shown()).containsExactly("Late");
    }

    @Test
    void the_refusal_of_a_later_send_does_not_make_it_fail() {
        network.proxy.next(1, SEND, late);
        network.proxy.next(1, SEND, REFUSED);
        String post = network.publishNow("Late");
        network.afterDueJobs(post);

        assertThat(said(after(Duration.ofSeconds(1), post))).isEqualTo(MAY_COME);
        isOutOnce(post);
    }

    @Test
    void the_refusal_of_a_later_send_does_not_hide_what_has_come_since() {
        String post = sentAndNotThere();
        late.arrive();
        network.proxy.next(1, SEND, REFUSED);

        JsonNode target = after(Duration.ofMinutes(3), post);

        assertThat(target.path("status").asText()).isEqualTo("published");
        assertThat(network.proxy.requests(SEND)).isEqualTo(2);
        assertThat(network.shown()).containsExactly("Late");
    }

    @Test
    void a_refusal_holds_when_nothing_has_come() {
        network.proxy.next(1, SEND, late);
        network.proxy.next(1, SEND, REFUSED);
        String post = network.publishNow("Late");
        network.afterDueJobs(post);
        after(Duration.ofSeconds(1), post);

        assertThat(said(after(Duration.ofMinutes(2), post))).startsWith("failed: user_content invalid_record 400");
        assertThat(network.proxy.requests(SEND)).isEqualTo(2);
        assertThat(network.shown()).isEmpty();
    }

    @Test
    void the_last_send_is_given_up_only_when_nothing_comes_any_more() {
        network.proxy.next(4, SEND, Treatment.cutAtOnce());
        network.proxy.next(1, SEND, late);
        String post = network.publishNow("Late");
        network.afterDueJobs(post);
        for (int wait = 0; wait < 4; wait++) {
            after(Duration.ofMinutes(10), post);
        }

        assertThat(said(network.target(post))).isEqualTo(MAY_COME);
        isOutOnce(post);
    }

    @Test
    void the_network_is_believed_as_of_when_it_was_asked_and_not_of_when_it_answered() {
        network.proxy.next(4, SEND, Treatment.cutAtOnce());
        network.proxy.next(1, SEND, late);
        String post = network.publishNow("Late");
        network.afterDueJobs(post);
        for (int wait = 0; wait < 3; wait++) {
            after(Duration.ofMinutes(10), post);
        }
        network.proxy.next(1, ASK, Treatment.answer(500, "{}"));
        after(Duration.ofMinutes(10), post);
        network.proxy.next(1, ASK, Treatment.each(() -> {
            flow.clock().advance(Duration.ofSeconds(40));
            return Treatment.forward();
        }));
        network.proxy.next(1, ASK, Treatment.each(() -> {
            late.arrive();
            return Treatment.forward();
        }));

        after(Duration.ofSeconds(90), post);

        assertThat(network.proxy.requests(SEND)).isEqualTo(5);
        assertThat(network.target(post).path("status").asText()).isEqualTo("published");
        assertThat(network.shown()).containsExactly("Late");
    }

    @Test
    void after_a_day_of_faults_it_needs_a_person_and_is_not_said_to_have_failed() {
        String post = sentAndNotThere();
        late.arrive();
        flow.installation()
                .database()
                .write(tx -> tx.execute("update jobs set attempts = 299 where kind = 'publish_target'"));
        flow.installation().database().write(tx -> tx.execute("update targets set attempts = 7"));

        assertThat(said(after(Duration.ofMinutes(5), post))).startsWith("unknown: system_error server_fault");
        assertThat(network.alice.getPost(post).path("status").asText()).isEqualTo("needs_attention");
    }

    @Test
    void it_is_not_deleted_from_the_network_while_it_could_come_back() {
        String post = sentAndNotThere();
        assertThat(after(Duration.ofSeconds(1), post).path("status").asText()).isEqualTo("published");

        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").isProblem(409, "post_not_deletable");

        late.arrive();
        flow.clock().advance(Duration.ofMinutes(2));
        network.alice.delete("/v1/posts/" + post + "?fromProvider=true").expect(200);
        assertThat(network.shown()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_again_is_asked_about_and_then_it_can_be_cancelled() {
        String post = sentAndNotThere();
        network.proxy.next(1, SEND, LIMITED);

        assertThat(said(after(Duration.ofMinutes(2), post))).isEqualTo(NOT_TAKEN);
        network.alice.post("/v1/posts/" + post + "/cancel").expect(200);

        flow.runDueJobs();
        assertThat(network.shown()).isEmpty();
    }

    @Test
    void what_cannot_be_sent_again_is_found_when_it_has_come() {
        String post = sentAndNotThere();
        late.arrive();
        network.proxy.next(1, SEND, LIMITED);

        assertThat(after(Duration.ofMinutes(2), post).path("status").asText()).isEqualTo("published");
        assertThat(network.shown()).containsExactly("Late");
    }
}
