package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.field;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ValidationException;
import io.flowapi.client.model.ChannelConnection;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.StartChannelConnectionRequest;
import org.junit.jupiter.api.Test;

class ConnectionsConsumerTest {

    private static final String CONNECTIONS = "/v1/channels/connections";
    private static final String LINK = "http://localhost:8080/oauth/connect?request=" + "A".repeat(43);

    @Test
    void is_told_where_to_send_the_owner_of_an_account() {
        start("startChannelConnection", "http://localhost:3000/channels")
                .answers(201, connection -> {
                    connection.uuid("id", ID);
                    connection.stringValue("provider", "sandbox");
                    connection.stringMatcher("authorizationUrl", "https?://.+/oauth/connect\\?request=.+", LINK);
                    Bodies.time(connection, "expiresAt");
                })
                .to(flow -> {
                    ChannelConnection begun =
                            flow.connections().startChannelConnection(wanted("http://localhost:3000/channels"));
                    assertThat(begun.authorizationUrl()).isEqualTo(LINK);
                });
    }

    @Test
    void is_told_that_an_owner_is_not_sent_to_a_foreign_page() {
        start("startChannelConnection with a foreign returnUrl", "https://evil.example/")
                .refuses(422, ProblemCode.VALIDATION_FAILED, field("#/returnUrl", "origin_not_allowed"))
                .to(
                        ValidationException.class,
                        flow -> flow.connections().startChannelConnection(wanted("https://evil.example/")));
    }

    private static Interaction start(String what, String returnUrl) {
        return given("an API key").post(what, CONNECTIONS).body(body -> {
            body.stringType("name", "Company news");
            body.stringValue("provider", "sandbox");
            body.stringValue("returnUrl", returnUrl);
        });
    }

    private static StartChannelConnectionRequest wanted(String returnUrl) {
        return StartChannelConnectionRequest.builder()
                .name("Company news")
                .provider(Provider.SANDBOX)
                .returnUrl(returnUrl)
                .build();
    }
}
