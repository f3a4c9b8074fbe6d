package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.installation.FirstUser;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.PostgresServer;
import io.flowapi.testing.Wire;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ServeCommandTest {

    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Pattern LISTENS = Pattern.compile("Flow API listens on http://localhost:(\\d+)\\R");
    private static final String KEY = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final boolean POSTGRES = "postgres".equals(System.getProperty("flow.test.database"));

    @TempDir
    Path directory;

    @Test
    void the_welcome_has_exactly_one_line_to_paste() {
        Flow flow = new Flow();
        flow.start();
        try {
            FirstUser first = FirstUser.create(flow.installation()).orElseThrow();

            String text = Welcome.text("http://localhost:8080", first);

            assertThat(text.lines().filter(line -> line.startsWith("curl "))).hasSize(1);
            assertThat(text).contains(first.user().name(), first.testKey(), first.liveKey());
            assertThat(text.lines().filter(line -> line.startsWith("curl ")).findFirst())
                    .hasValueSatisfying(line -> assertThat(line)
                            .contains("http://localhost:8080/v1/posts", first.testKey())
                            .contains(first.sandbox().id().toString())
                            .doesNotContain(first.liveKey()));
        } finally {
            flow.stop();
        }
    }

    @Test
    void the_first_start_shows_keys_that_work_and_the_second_shows_none() {
        Map<String, String> environment = environment();

        String first;
        String second;
        try (Served server = Served.start(environment, "--port", "0")) {
            Await.within(START_MAX, () -> server.out().contains("\ncurl "));
            first = server.out();
            assertThat(me(server, shown(first, "test key")).expect(200).text("user/name"))
                    .isEqualTo("developer");
            assertThat(me(server, shown(first, "live key")).expect(200).text("apiKey/mode"))
                    .isEqualTo("live");
        }
        try (Served server = Served.start(environment, "--port", "0")) {
            me(server, shown(first, "test key")).expect(200);
            second = server.stop();
        }

        assertThat(first.lines().filter(line -> line.startsWith("curl "))).hasSize(1);
        assertThat(second.lines()).singleElement().asString().startsWith("Flow API listens on ");
    }

    @Test
    void the_option_wins_over_the_variable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = with(environment(), "FLOW_PORT", "" + taken.getLocalPort());

            try (Served server = Served.start(environment, "--port", "0")) {
                assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
                ready(server);
            }
        }
    }

    @Test
    void the_variable_counts_without_the_option() {
        try (Served server = Served.start(with(environment(), "FLOW_PORT", "0"))) {
            assertThat(server.port()).isPositive();
            ready(server);
        }
    }

    @Test
    void production_makes_no_user_and_shows_no_key() {
        Map<String, String> environment = production();

        try (Served server = Served.launch(environment, "--port", "0")) {
            Await.within(START_MAX, () -> server.out().contains("Flow API listens on https://flow.example.com"));
            assertThat(server.stop()).doesNotContain("flow_", "curl");
        }

        assertThat(run(environment, "users", "list").out()).isEmpty();
    }

    @Test
    void production_without_its_settings_does_not_start_and_names_them_all() {
        Shell.Output run =
                run(Map.of("FLOW_ENV", "production", "FLOW_DATA_DIR", data().toString()), "serve", "--port", "0");

        assertFailed(run, "The configuration cannot be used:");
        assertThat(run.err()).contains("FLOW_PUBLIC_URL", "FLOW_ENCRYPTION_KEY");
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_second_server_on_the_directory_is_refused_and_the_first_goes_on() {
        Map<String, String> environment = environment();

        try (Served first = Served.start(environment, "--port", "0")) {
            Shell.Output second = run(environment, "serve", "--port", "0");

            assertFailed(
                    second,
                    "is used by the server with process id "
                            + ProcessHandle.current().pid());
            ready(first);
        }
    }

    @Test
    void a_port_that_is_taken_is_told_and_leaves_the_directory_free() throws IOException {
        Map<String, String> environment = environment();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Shell.Output run = run(environment, "serve", "--port", "" + taken.getLocalPort());

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).containsIgnoringCase("in use");
            assertThat(run.out()).doesNotContain("listens");
        }

        try (Served server = Served.start(environment, "--port", "0")) {
            ready(server);
        }
    }

    @Test
    void a_call_that_cannot_be_understood_is_a_usage_error() {
        Map<String, String> environment = environment();

        assertUsageError(run(environment, "serve", "--port", "http"), "--port");
        assertUsageError(run(environment, "serve", "--role", "everything"), "--role");
        assertUsageError(run(environment, "serve", "now"), "now");

        assertThat(data()).doesNotExist();
    }

    @Test
    void a_port_that_is_none_is_a_usage_error() {
        for (String port : List.of("-1", "65536", "70000")) {
            assertUsageError(run(environment(), "serve", "--port", port), "from 0 to 65535");
        }
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_role_is_written_as_the_documentation_writes_it() {
        try (Served server = Served.start(environment(), "--port", "0", "--role=all")) {
            ready(server);
        }
    }

    @Test
    void a_part_of_the_work_needs_a_database_that_others_can_use() {
        Map<String, String> embedded = Map.of("FLOW_DATA_DIR", data().toString());
        assertUsageError(run(embedded, "serve", "--port", "0", "--role=worker"), "needs DATABASE_URL");
        assertUsageError(run(embedded, "serve", "--port", "0", "--role=api"), "needs DATABASE_URL");
    }

    @Test
    void the_types_of_problems_name_the_port_it_listens_on() {
        try (Served server = Served.start(environment(), "--port", "0")) {
            Answer answer = Wire.send(server.port(), "GET /v1/me HTTP/1.1", "Connection: close");

            assertThat(answer.expect(401).text("type"))
                    .isEqualTo("http://localhost:" + server.port() + "/problems/missing_api_key");
        }
    }

    /** {@code flow serve} on a thread of its own; an interrupt stops it. */
    private static final class Served implements AutoCloseable {

        private final StringWriter out = new StringWriter();
        private final StringWriter err = new StringWriter();
        private final Thread thread;

        private Served(Map<String, String> environment, String... options) {
            String[] arguments = new String[options.length + 1];
            arguments[0] = "serve";
            System.arraycopy(options, 0, arguments, 1, options.length);
            thread = Thread.ofPlatform()
                    .start(() -> Main.commandLine(environment)
                            .setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(err))
                            .execute(arguments));
        }

        static Served launch(Map<String, String> environment, String... options) {
            return new Served(environment, options);
        }

        static Served start(Map<String, String> environment, String... options) {
            Served server = launch(environment, options);
            Await.within(START_MAX, () -> server.listens().find() || !server.thread.isAlive());
            assertThat(server.listens().find()).as(server.err.toString()).isTrue();
            return server;
        }

        String out() {
            return out.toString();
        }

        int port() {
            Matcher listens = listens();
            assertThat(listens.find()).isTrue();
            return Integer.parseInt(listens.group(1));
        }

        private Matcher listens() {
            return LISTENS.matcher(out.toString());
        }

        /** Everything it said, once it has ended. */
        String stop() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            return out.toString();
        }

        @Override
        public void close() {
            stop();
        }
    }

    private static String shown(String welcome, String what) {
        Matcher line = Pattern.compile("(?m)^ +" + what + " +(\\S+)$").matcher(welcome);
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private static Shell.Output run(Map<String, String> environment, String... arguments) {
        Shell.Output run = new Shell(environment).flow(arguments);
        assertThat(run.err()).doesNotContain("\tat ");
        return run;
    }

    private static void assertFailed(Shell.Output run, String sentence) {
        assertThat(run.err()).contains(sentence).doesNotContain("null");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private static void assertUsageError(Shell.Output run, String sentence) {
        assertThat(run.err()).contains(sentence);
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }

    private static Answer me(Served server, String key) {
        return Wire.send(server.port(), "GET /v1/me HTTP/1.1", "Authorization: Bearer " + key, "Connection: close");
    }

    private static void ready(Served server) {
        Wire.send(server.port(), "GET /health/readiness HTTP/1.1", "Connection: close")
                .expect(200);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of("FLOW_DATA_DIR", data().toString()));
        if (POSTGRES) {
            environment.put("DATABASE_URL", PostgresServer.freshDatabaseUrl());
        }
        return environment;
    }

    private Map<String, String> production() {
        Map<String, String> environment = environment();
        environment.put("FLOW_ENV", "production");
        environment.put("FLOW_DRAIN_SECONDS", "0");
        environment.put("FLOW_HOST", "127.0.0.1");
        environment.put("FLOW_PUBLIC_URL", "https://flow.example.com");
        environment.put("FLOW_ENCRYPTION_KEY", KEY);
        return environment;
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        environment.put(name, value);
        return environment;
    }
}
