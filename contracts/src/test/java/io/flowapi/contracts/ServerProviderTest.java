package io.flowapi.contracts;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import io.flowapi.testing.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Holds the real server to what its consumers wrote down; on PostgreSQL with {@code -Dflow.test.database=postgres}. */
@Provider("flow-api")
@PactFolder("${pactfolder.path}")
class ServerProviderTest {

    private static final boolean POSTGRES = "postgres".equals(System.getProperty("flow.test.database"));

    @TempDir
    static Path directory;

    private static Installation installation;
    private static FlowServer server;
    private static FirstUser developer;

    private ProviderStates states;

    @BeforeAll
    static void start() {
        Map<String, String> environment =
                new HashMap<>(Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString()));
        environment.putAll(Flow.UNLIMITED);
        if (POSTGRES) {
            environment.put("DATABASE_URL", PostgresServer.freshDatabaseUrl());
        }
        Config config = Config.from(environment);
        installation = Installation.open(config);
        developer = FirstUser.create(installation).orElseThrow();
        server = new FlowServer(config, installation);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        installation.close();
    }

    @BeforeEach
    void target(PactVerificationContext context) {
        // The usual client would wait for a Retry-After and ask again.
        context.setTarget(new HttpTestTarget(
                "127.0.0.1",
                server.port(),
                "/",
                () -> _ -> HttpClients.custom().disableAutomaticRetries().build()));
        states = new ProviderStates("http://127.0.0.1:" + server.port(), developer.testKey());
        context.addStateChangeHandlers(states);
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void keeps_the_contract(PactVerificationContext context, HttpRequest request) {
        if (request.containsHeader("Authorization")) {
            request.setHeader("Authorization", "Bearer " + states.key());
        }
        context.verifyInteraction();
    }
}
