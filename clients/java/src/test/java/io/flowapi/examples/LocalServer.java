package io.flowapi.examples;

import io.flowapi.FlowServer;
import io.flowapi.client.FlowClient;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The real server on a free port, with a first user. */
final class LocalServer implements AutoCloseable {

    private final Installation installation;
    private final FlowServer server;
    private final FirstUser developer;

    LocalServer(Path directory) {
        Map<String, String> settings = new HashMap<>(Flow.UNLIMITED);
        settings.putAll(Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString()));
        Config config = Config.from(settings);
        installation = Installation.open(config);
        server = new FlowServer(config, installation);
        developer = FirstUser.create(installation).orElseThrow();
        server.start();
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    FirstUser developer() {
        return developer;
    }

    FlowClient client() {
        return client(developer.testKey());
    }

    FlowClient client(String apiKey) {
        return FlowClient.builder().baseUrl(url()).apiKey(apiKey).build();
    }

    @Override
    public void close() {
        server.close();
        installation.close();
    }
}
