package io.flowapi.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flowapi.FlowServer;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.testing.TestClock;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The real server as production runs it, in a directory of the test's. */
record ProductionServer(Installation installation, FlowServer server) implements AutoCloseable {

    /** @param settings beside those that production demands */
    static ProductionServer start(Path directory, Map<String, String> settings) {
        Config config = Config.from(environment(directory, settings), Config.Role.API);
        Installation installation = Installation.open(config, new TestClock());
        FlowServer server = new FlowServer(config, installation);
        server.start();
        return new ProductionServer(installation, server);
    }

    static Map<String, String> environment(Path directory, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "FLOW_ENV", "production",
                "FLOW_HOST", "127.0.0.1",
                "FLOW_PORT", "0",
                "FLOW_DRAIN_SECONDS", "0",
                "FLOW_DATA_DIR", directory.toString(),
                "FLOW_PUBLIC_URL", "https://flow.test",
                "FLOW_ENCRYPTION_KEY",
                        "k1:"
                                + Base64.getEncoder()
                                        .encodeToString("0123456789abcdef0123456789abcdef".getBytes(US_ASCII))));
        environment.putAll(settings);
        return environment;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        installation.close();
    }
}
