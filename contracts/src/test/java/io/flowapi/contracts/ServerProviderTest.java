package io.flowapi.contracts;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactFolder;
import io.flowapi.FlowServer;
import io.flowapi.client.FlowClient;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
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

    private String key;

    @BeforeAll
    static void start() {
        Map<String, String> environment =
                new HashMap<>(Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString()));
        if (POSTGRES) {
            environment.put("DATABASE_URL", PostgresServer.freshDatabaseUrl());
        }
        Config config = Config.from(environment);
        installation = Installation.open(config, InstantSource.system());
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
        context.setTarget(new HttpTestTarget("127.0.0.1", server.port()));
        key = developer.testKey();
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void keeps_the_contract(PactVerificationContext context, HttpRequest request) {
        request.setHeader("Authorization", "Bearer " + key);
        context.verifyInteraction();
    }

    @State({"no posts", "an API key"})
    void nothing() {}

    @State("an API key that nobody was given")
    void unknownKey() {
        key = "flow_test_AAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    @State("a sandbox channel")
    Map<String, Object> channel() {
        return Map.of("channelId", developer.sandbox().id().toString());
    }

    @State("a published post")
    Map<String, Object> published() {
        FlowClient flow = FlowClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port())
                .apiKey(developer.testKey())
                .build();
        Post post = flow.posts()
                .createPost(CreatePostRequest.builder()
                        .content("Hello from Flow")
                        .addTargets(CreateTarget.builder()
                                .channelId(developer.sandbox().id())
                                .build())
                        .publishNow(true)
                        .build());
        flow.awaitSettled(post.id(), Duration.ofSeconds(30));
        return Map.of("postId", post.id().toString());
    }
}
