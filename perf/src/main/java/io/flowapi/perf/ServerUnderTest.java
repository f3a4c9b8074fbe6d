package io.flowapi.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real server, in a JVM of its own with the settings it has as delivered, but for the rate limits: there are none. It ends when the caller's JVM does. */
record ServerUnderTest(Process process, int port, String key, String liveKey, String channel) implements AutoCloseable {

    private static final int STOP_SECONDS_MAX = 30;

    static ServerUnderTest start(Path data, String classPath, List<String> javaOptions) throws IOException {
        return start(data, classPath, javaOptions, Map.of());
    }

    /** @param settings beside those, such as another database */
    static ServerUnderTest start(Path data, String classPath, List<String> javaOptions, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath, "io.flowapi.Main", "serve", "--port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(data.resolve("requests.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FLOW_") || name.equals("DATABASE_URL"));
        builder.environment().put("FLOW_DATA_DIR", data.resolve("server").toString());
        for (String limit :
                List.of("DEFAULT", "POST_CREATION", "WEBHOOK_CREATION", "API_KEY_CREATION", "FAILED_AUTH")) {
            builder.environment().put("FLOW_RATE_LIMIT_" + limit, "0");
        }
        builder.environment().putAll(settings);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader said = process.inputReader();
        return new ServerUnderTest(
                process,
                Integer.parseInt(word(said, "listens on http://localhost:")),
                word(said, "test key"),
                word(said, "live key"),
                word(said, "sandbox channel"));
    }

    /** The word after this text in what the server says next. */
    private static String word(BufferedReader said, String label) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(label)) {
                return line.substring(line.indexOf(label) + label.length())
                        .strip()
                        .split(" ")[0];
            }
        }
        throw new IOException("The server ended before it said its " + label + "; see requests.log");
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "server on port " + port;
    }
}
