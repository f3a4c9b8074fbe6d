package io.flowapi.resiliency;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server as it is delivered, in a JVM of its own, with an empty database and its first user. */
record RunningServer(Process process, String url, String key) implements AutoCloseable {

    private static final int STOP_SECONDS_MAX = 30;

    static RunningServer start(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("flow.jar"),
                        "serve",
                        "--port",
                        "0"))
                .redirectError(directory.resolve("server.log").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("FLOW_") || name.equals("DATABASE_URL") || name.equals("APP_URL"));
        builder.environment().put("FLOW_DATA_DIR", directory.resolve("data").toString());
        for (String limit :
                List.of("DEFAULT", "POST_CREATION", "WEBHOOK_CREATION", "API_KEY_CREATION", "FAILED_AUTH")) {
            builder.environment().put("FLOW_RATE_LIMIT_" + limit, "0");
        }
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader said = process.inputReader();
        return new RunningServer(process, word(said, "listens on "), word(said, "test key"));
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
        throw new IOException("The server ended before it said its " + label + "; see server.log");
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
        return "server at " + url;
    }
}
