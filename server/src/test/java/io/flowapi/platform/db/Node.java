package io.flowapi.platform.db;

import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Scrape;
import io.flowapi.testing.TestCaller;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** One server, and somebody who posts there. */
record Node(Map<String, String> environment, Installation installation, FlowServer server) implements AutoCloseable {

    static Node on(Path directory, String url, InstantSource machine) {
        Map<String, String> environment = new HashMap<>(Flow.UNLIMITED);
        environment.putAll(Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString()));
        environment.put("FLOW_PUBLIC_URL", "http://flow.test");
        environment.put("FLOW_ENCRYPTION_KEY", "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        if (!url.isEmpty()) {
            environment.put("DATABASE_URL", url);
        }
        Config config = Config.from(environment, Config.Role.API);
        Installation installation = Installation.onMachine(config, machine);
        FlowServer server = new FlowServer(config, installation);
        server.start();
        return new Node(environment, installation, server);
    }

    TestCaller caller() {
        FirstUser first = FirstUser.create(installation).orElseThrow();
        return TestCaller.at(server.port(), first.testKey());
    }

    void runDueJobs() {
        server.worker().runDueJobs();
    }

    Scrape scrape() {
        return Scrape.of(server.managementPort());
    }

    String queue() {
        return TestCaller.at(server.port(), null).get("/health/health").text("checks/queue/status");
    }

    @Override
    public void close() {
        server.close();
        installation.close();
    }
}
