package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that cannot be connected makes no channel, and the answer says whose fault it is. */
@Tag("one-database")
class ConnectFailureTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.unconnected(flow);
    }

    @AfterEach
    void close() {
        network.close();
    }

    private Answer connect() {
        return network.connect(network.proxy.url(), network.password);
    }

    private void refused(String reason) {
        flow.unchanged(() -> connect().isProblem(422, "validation_failed", reason));
    }

    @Test
    void a_wrong_password_is_the_fault_of_the_credentials() {
        Answer answer = flow.unchanged(() -> network.connect(network.pds.url(), "abcd-efgh-ijkl-mnop"));

        answer.isProblem(422, "validation_failed", "#/credentials credentials_refused");
        assertThat(answer.text()).doesNotContain("abcd-efgh-ijkl-mnop");
        network.connect(network.pds.url(), network.password).created();
    }

    @Test
    void a_revoked_password_is_a_wrong_one() {
        network.pds.revokeAppPassword(network.account, "flow");

        refused("#/credentials credentials_refused");
    }

    @Test
    void a_deactivated_account_is_not_connected() {
        network.pds.deactivate(network.account);

        refused("#/credentials account_inactive");
    }

    @Test
    void a_server_that_refuses_connections_is_unreachable_until_it_is_back() {
        network.proxy.refuse();

        refused("#/credentials/service unreachable");
        network.proxy.listen();
        connect().created();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://no-such-host.example.com", "https://no-such-host.example.com:8443"})
    void a_name_that_dns_does_not_know_is_unreachable(String service) {
        flow.unchanged(() -> network.connect(URI.create(service), network.password)
                .isProblem(422, "validation_failed", "#/credentials/service unreachable"));
    }

    @ParameterizedTest
    @EnumSource
    void a_server_in_trouble_makes_no_channel_until_it_is_well(Trouble trouble) {
        network.proxy.next(1, "createSession", trouble.treatment);

        refused(
                trouble.name().startsWith("RATE_LIMIT")
                        ? "#/credentials rate_limited"
                        : "#/credentials/service unreachable");
        connect().created();
    }
}
