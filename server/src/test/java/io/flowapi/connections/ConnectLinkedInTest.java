package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member of LinkedIn connects in a browser, as the owner of an account on X does. */
class ConnectLinkedInTest {

    private static final FakeOAuth network = new FakeOAuth(
                    () -> ConnectLinkedInTest.flow.clock().instant(), FakeOAuth.Endpoints.LINKEDIN)
            .start(Map.of("/v2/userinfo", ConnectLinkedInTest::userinfo));

    @RegisterExtension
    static final Flow flow = new Flow(Map.of(
            "FLOW_LINKEDIN_API_URL",
            network.url(),
            "FLOW_LINKEDIN_AUTHORIZE_URL",
            network.url() + FakeOAuth.Endpoints.LINKEDIN.authorize(),
            "FLOW_LINKEDIN_CLIENT_ID",
            FakeOAuth.CLIENT_ID,
            "FLOW_LINKEDIN_CLIENT_SECRET",
            FakeOAuth.CLIENT_SECRET,
            "APP_URL",
            "https://app.example.com/"));

    private static void userinfo(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known = network.accountOf(exchange).isPresent();
            byte[] body = Json.bytes(
                    known
                            ? Map.of("sub", "yrZCpj2ZYQ", "name", "Alice Flow")
                            : Map.of("message", "Unknown", "status", 401));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void the_member_who_agreed_is_the_author() {
        TestCaller application = Owners.application(flow);

        String returned = Owners.connect(flow, application, "provider", "linkedin");

        String channel = returned.substring(returned.lastIndexOf('=') + 1);
        JsonNode made = application.get("/v1/channels/" + channel).ok();
        assertThat(made.path("provider").asText()).isEqualTo("linkedin");
        assertThat(made.path("accountId").asText()).isEqualTo("urn:li:person:yrZCpj2ZYQ");
        assertThat(made.path("accountName").asText()).isEqualTo("Alice Flow");
    }
}
