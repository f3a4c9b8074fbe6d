package io.flowapi.bluesky;

import static io.flowapi.bluesky.TroubledNetwork.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The network does not let the user in any more: the post fails, and the channel asks for what it needs. */
@Tag("one-database")
class RevokedPasswordFailureTest {

    private static final String CREDENTIALS_REFUSED = "failed: auth_expired credentials_refused 401, final."
            + " Make a new app password, give it to the channel, then try again.";

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void the_old_access_token_publishes_for_as_long_as_the_network_takes_it() {
        network.pds.revokeAppPassword(network.account, "flow");

        JsonNode target = network.afterDueJobs(network.publishNow("within the hour"));

        assertThat(target.path("status").asText()).isEqualTo("published");
        assertThat(network.channelStatus()).isEqualTo("connected");
        assertThat(network.shown()).containsExactly("within the hour");
    }

    @Test
    void the_post_after_the_token_expired_fails_and_the_channel_asks_for_a_new_password() {
        network.pds.revokeAppPassword(network.account, "flow");
        network.expireAccessToken();

        JsonNode target = network.afterDueJobs(network.publishNow("too late"));

        assertThat(said(target)).isEqualTo(CREDENTIALS_REFUSED);
        assertThat(target.toString()).doesNotContain(network.password, "eyJ");
        assertThat(network.channelStatus()).isEqualTo("reauthorization_required");
        assertThat(network.shown()).isEmpty();
    }

    @Test
    void every_later_post_fails_alike_and_nothing_is_sent_when_the_user_connects_again() {
        network.pds.revokeAppPassword(network.account, "flow");
        network.expireAccessToken();
        String first = network.publishNow("first");
        String second = network.publishNow("second");
        assertThat(said(network.afterDueJobs(first))).isEqualTo(CREDENTIALS_REFUSED);
        assertThat(said(network.target(second))).isEqualTo(CREDENTIALS_REFUSED);

        network.connect(network.proxy.url(), network.pds.createAppPassword(network.account, "new"))
                .created();
        JsonNode third = network.settled(network.publishNow("third"));

        assertThat(third.path("status").asText()).isEqualTo("published");
        assertThat(network.channelStatus()).isEqualTo("connected");
        assertThat(said(network.settled(first))).isEqualTo(CREDENTIALS_REFUSED);
        assertThat(network.shown()).containsExactly("third");
    }

    @Test
    void an_expired_session_is_made_again_from_the_password_and_nobody_is_asked() {
        network.expireSession();

        JsonNode target = network.afterDueJobs(network.publishNow("months later"));

        assertThat(target.path("status").asText()).isEqualTo("published");
        assertThat(network.channelStatus()).isEqualTo("connected");
        assertThat(network.shown()).containsExactly("months later");
    }

    @Test
    void a_deactivated_account_fails_the_post_and_its_password_is_still_good() {
        network.pds.deactivate(network.account);

        JsonNode target = network.afterDueJobs(network.publishNow("deactivated"));

        assertThat(said(target)).startsWith("failed: account_issue account_unavailable 401, final.");
        assertThat(network.channelStatus()).isEqualTo("connected");
    }

    @Test
    void a_deleted_account_fails_the_post() {
        network.pds.delete(network.account);

        JsonNode target = network.afterDueJobs(network.publishNow("deleted"));

        assertThat(said(target)).startsWith("failed: account_issue account_unavailable 403, final.");
        assertThat(network.channelStatus()).isEqualTo("connected");
    }
}
