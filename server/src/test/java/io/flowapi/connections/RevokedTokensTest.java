package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner let us in with is given back when the channel is deleted. */
class RevokedTokensTest {

    private Flow flow;
    private FakeOAuth network;
    private TestCaller application;
    private String channel;

    @BeforeEach
    void open() {
        network = Owners.network(() -> flow.clock().instant());
        flow = new Flow(Owners.settings(network));
        flow.start();
        application = Owners.application(flow);
        channel = connected();
    }

    @AfterEach
    void close() {
        flow.stop();
        network.close();
    }

    private String connected() {
        String returned = Owners.connect(flow, application);
        return returned.substring(returned.lastIndexOf('=') + 1);
    }

    @Test
    void both_tokens_are_given_back_after_the_channel_is_deleted_and_not_before() {
        application.delete("/v1/channels/" + channel).expect(204);
        assertThat(network.revoked()).isEmpty();

        flow.runDueJobs();

        assertThat(network.revoked()).hasSize(2);
        assertThat(network.revoked().get(0)).startsWith("refresh-");
        assertThat(network.revoked().get(1)).startsWith("access-");
        assertThat(rows()).isZero();
    }

    @Test
    void a_network_that_does_not_take_them_back_is_asked_again_for_a_day() {
        application.delete("/v1/channels/" + channel).expect(204);
        network.nextAnswers(503, "{}");
        flow.runDueJobs();
        assertThat(network.revoked()).isEmpty();

        flow.clock().advance(Duration.ofMinutes(10));
        flow.runDueJobs();

        assertThat(network.revoked()).hasSize(2);
        assertThat(rows()).isZero();
    }

    @Test
    void after_a_day_it_is_left() {
        application.delete("/v1/channels/" + channel).expect(204);
        network.close();
        flow.runDueJobs();
        assertThat(rows()).isEqualTo(1);

        flow.clock().advance(Duration.ofDays(1));
        flow.runDueJobs();

        assertThat(rows()).isZero();
    }

    @Test
    void the_account_of_another_channel_keeps_what_it_has() {
        String other = connected();

        application.delete("/v1/channels/" + channel).expect(204);
        flow.runDueJobs();
        assertThat(network.revoked()).isEmpty();
        application.delete("/v1/channels/" + other).expect(204);
        flow.runDueJobs();

        assertThat(network.revoked()).hasSize(2);
    }

    @Test
    void an_account_that_is_connected_again_meanwhile_keeps_what_it_has() {
        application.delete("/v1/channels/" + channel).expect(204);
        network.nextAnswers(503, "{}");
        flow.runDueJobs();
        connected();

        flow.clock().advance(Duration.ofMinutes(10));
        flow.runDueJobs();

        assertThat(network.revoked()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void a_deletion_that_is_refused_gives_nothing_back() {
        application.schedule(channel, "later", flow.clock().instant().plusSeconds(3600));

        application.delete("/v1/channels/" + channel).isProblem(409, "channel_in_use");
        flow.runDueJobs();

        assertThat(network.revoked()).isEmpty();
        assertThat(List.of(application.get("/v1/channels/" + channel).status())).containsExactly(200);
    }

    private long rows() {
        return flow.installation()
                .database()
                .read(tx -> tx.createQuery("select count(*) from revocations")
                        .mapTo(Long.class)
                        .one());
    }
}
