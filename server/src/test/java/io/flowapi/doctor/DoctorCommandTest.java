package io.flowapi.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.flowapi.FlowServer;
import io.flowapi.Shell;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static final String KEY = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String OTHER_KEY = "k1:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    @RegisterExtension
    static final Flow flow = new Flow();

    @TempDir
    Path directory;

    /** What it said. */
    private record Diagnosis(int exit, List<JsonNode> lines) {

        String status(String check) {
            return one(check).path("status").asText();
        }

        String detail(String check) {
            return one(check).path("detail").asText();
        }

        JsonNode one(String check) {
            return lines.stream()
                    .filter(line -> line.path("check").asText().equals(check))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no line " + check + " in " + lines));
        }

        Map<String, String> failed() {
            Map<String, String> failed = new LinkedHashMap<>();
            lines.stream()
                    .filter(line -> line.path("status").asText().equals("failed"))
                    .forEach(line -> failed.put(
                            line.path("check").asText(), line.path("detail").asText()));
            return failed;
        }
    }

    private static Diagnosis examine(Map<String, String> environment, String... options) {
        Shell.Output run = new Shell(environment)
                .flow(Stream.concat(Stream.of("doctor", "--json"), Stream.of(options))
                        .toArray(String[]::new));
        return new Diagnosis(run.exit(), run.json());
    }

    private static String url() {
        return "http://127.0.0.1:" + flow.port();
    }

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("FLOW_DATA_DIR", directory.toString()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void beside_a_healthy_server_all_that_can_be_checked_is_well_and_nothing_changes() {
        flow.runDueJobs();
        // What was found out about the server before is kept for a second.
        flow.clock().advance(Duration.ofSeconds(1));

        Diagnosis diagnosis = flow.unchangedBy(() -> examine(flow.environment(), "--url", url()));

        assertThat(diagnosis.failed()).isEmpty();
        assertThat(diagnosis.exit()).isZero();
        assertThat(checksThatAre(diagnosis, "ok"))
                // Only PostgreSQL has one to compare with.
                .filteredOn(check -> !check.equals("clock"))
                .containsExactlyInAnyOrder(
                        "configuration",
                        "data directory",
                        "disk space",
                        "storage",
                        "database",
                        "statement timeout",
                        "encryption key",
                        "jobs",
                        "webhook guard",
                        "health",
                        "readiness",
                        "security headers",
                        "CORS",
                        "body limit",
                        "target limit",
                        "authentication");
        assertThat(files(flow.directory())).noneMatch(name -> name.endsWith(".probe"));
    }

    @Tag("one-database")
    @Test
    void every_line_has_its_evidence_and_only_what_was_checked_is_ok() {
        Diagnosis diagnosis = examine(flow.environment(), "--url", url());

        assertThat(diagnosis.lines()).allSatisfy(line -> {
            assertThat(line.fieldNames()).toIterable().containsExactly("check", "evidence", "status", "detail");
            assertThat(line.path("evidence").asText()).isIn("checked", "configured", "not checkable here");
            assertThat(line.path("status").asText()).isIn("ok", "failed", "unproven");
            assertThat(line.path("status").asText().equals("unproven"))
                    .isEqualTo(!line.path("evidence").asText().equals("checked"));
            assertThat(line.path("detail").asText()).isNotBlank();
        });
        assertThat(checksThatAre(diagnosis, "unproven"))
                .contains(
                        "public URL",
                        "origins of web pages",
                        "health monitoring",
                        "alerts",
                        "audit-log collection",
                        "error tracking");
    }

    @Tag("one-database")
    @Test
    void people_read_lines_of_text() {
        Shell.Output run = new Shell(flow.environment()).flow("doctor");

        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("ok        database, checked: schema version"))
                .anySatisfy(line -> assertThat(line).startsWith("unproven  alerts, not checkable here: "));
    }

    @Tag("one-database")
    @Test
    void without_a_server_its_lines_are_open_unless_it_was_said_where_it_is() throws IOException {
        String nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "" + free.getLocalPort();
        }
        Map<String, String> environment = new HashMap<>(flow.environment());
        environment.put("FLOW_PORT", nobody);

        Diagnosis open = examine(environment);
        Diagnosis failed = examine(environment, "--url", "http://127.0.0.1:" + nobody);

        assertThat(open.exit()).isZero();
        assertThat(open.one("server").path("evidence").asText()).isEqualTo("not checkable here");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.failed()).containsOnlyKeys("server");
    }

    @Tag("one-database")
    @Test
    void a_server_that_keeps_no_promise_fails_on_each() throws IOException {
        HttpServer careless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        careless.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        careless.start();
        try {
            Diagnosis diagnosis = examine(
                    flow.environment(),
                    "--url",
                    "http://127.0.0.1:" + careless.getAddress().getPort() + "/");

            assertThat(diagnosis.exit()).isEqualTo(1);
            assertThat(diagnosis.failed())
                    .containsOnlyKeys(
                            "health", "security headers", "CORS", "body limit", "target limit", "authentication");
        } finally {
            careless.stop(0);
        }
    }

    @Tag("one-database")
    @Test
    void in_production_it_looks_for_hsts_and_the_origins_that_were_named() {
        Map<String, String> environment = environment(
                "FLOW_ENV", "production",
                "FLOW_HOST", "127.0.0.1",
                "FLOW_PORT", "0",
                "FLOW_PUBLIC_URL", "https://flow.example.com",
                "FLOW_ENCRYPTION_KEY", KEY,
                "APP_URL", "https://app.example.com");
        Config config = Config.from(environment, Config.Role.API);
        try (Installation installation = Installation.open(config, new TestClock());
                FlowServer server = new FlowServer(config, installation)) {
            server.start();
            server.worker().runDueJobs();
            String running = "http://127.0.0.1:" + server.port();

            Diagnosis diagnosis = examine(environment, "--url", running);
            environment.put("APP_URL", "https://other.example.com");
            environment.put("FLOW_ENV", "development");
            Diagnosis other = examine(environment, "--url", running);

            assertThat(diagnosis.failed()).isEmpty();
            assertThat(diagnosis.lines())
                    .anySatisfy(line -> assertThat(line.path("detail").asText())
                            .isEqualTo("a page of https://app.example.com may read"));
            assertThat(other.failed())
                    .containsEntry("CORS", "a page of https://other.example.com may not read")
                    .containsEntry("security headers", "missing or wrong: Strict-Transport-Security");
        }
    }

    @Tag("one-database")
    @Test
    void settings_that_cannot_be_used_are_the_one_line_there_is() {
        Diagnosis diagnosis = examine(environment("FLOW_ENV", "production", "DATABASE_URL", "secret"));

        assertThat(diagnosis.exit()).isEqualTo(1);
        assertThat(diagnosis.lines()).hasSize(1);
        assertThat(diagnosis.detail("configuration"))
                .contains("FLOW_PUBLIC_URL", "FLOW_ENCRYPTION_KEY", "DATABASE_URL")
                .doesNotContain("secret");
    }

    @Tag("one-database")
    @Test
    void a_directory_without_an_installation_fails_and_stays_empty() {
        Diagnosis diagnosis = examine(environment("FLOW_PORT", "0"));

        assertThat(diagnosis.exit()).isEqualTo(1);
        assertThat(diagnosis.failed()).containsOnlyKeys("database");
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void the_key_of_another_database_is_found_out() {
        Map<String, String> environment = environment("FLOW_ENCRYPTION_KEY", KEY, "FLOW_PORT", "0");
        try (Installation installation = Installation.open(Config.from(environment))) {
            seal(installation);
        }

        assertThat(examine(environment).detail("encryption key")).isEqualTo("opens what is stored");
        environment.put("FLOW_ENCRYPTION_KEY", OTHER_KEY);
        assertThat(examine(environment).failed()).containsOnlyKeys("encryption key");
        environment.put("FLOW_ENCRYPTION_KEY", OTHER_KEY.replace("k1", "k2"));
        assertThat(examine(environment).failed()).containsOnlyKeys("encryption key");
        environment.remove("FLOW_ENCRYPTION_KEY");
        assertThat(examine(environment).failed()).containsOnlyKeys("encryption key");
        assertThat(directory.resolve("encryption.key")).doesNotExist();
    }

    private static void seal(Installation installation) {
        installation.database().write(tx -> {
            String place = "idempotency_keys owner key";
            return tx.createUpdate("""
                            insert into idempotency_keys (owner, key, fingerprint, answer, created_at)
                            values ('owner', 'key', 'print', :answer, 1)
                            """)
                    .bind("answer", installation.vault().seal("answer".getBytes(), place))
                    .execute();
        });
    }

    @Tag("one-database")
    @Test
    void a_directory_that_others_can_enter_fails() throws IOException {
        migrated();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(examine(environment("FLOW_PORT", "0")).failed()).containsOnlyKeys("data directory");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(
                directory.resolve("encryption.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(examine(environment("FLOW_PORT", "0")).failed()).containsOnlyKeys("data directory");
    }

    @Test
    void an_older_schema_fails_and_stays_as_it_is_until_somebody_migrates() {
        int version = migrated();
        try (Installation installation = Installation.open(Config.from(environment()))) {
            installation.database().write(tx -> tx.execute("delete from schema_version where version = " + version));
        }

        Diagnosis first = examine(environment("FLOW_PORT", "0"));
        Diagnosis second = examine(environment("FLOW_PORT", "0"));

        assertThat(first.failed()).containsOnlyKeys("database");
        assertThat(first.detail("database"))
                .isEqualTo("schema version " + (version - 1) + ", this program knows " + version + "; run flow migrate")
                .isEqualTo(second.detail("database"));
    }

    @Tag("one-database")
    @Test
    void an_old_backup_fails_and_a_new_one_does_not_and_one_that_is_not_there_is_unproven() throws IOException {
        migrated();
        Path kept = directory.resolve("kept");

        assertThat(examine(environment("FLOW_PORT", "0")).status("backup")).isEqualTo("unproven");
        assertThat(new Shell(environment())
                        .flow("backup", "--to", kept.toString())
                        .exit())
                .isZero();
        assertThat(examine(environment("FLOW_PORT", "0")).status("backup")).isEqualTo("ok");
        Path note = directory.resolve("last-backup");
        String noted = Files.readString(note);
        long before =
                InstantSource.system().instant().minus(Duration.ofHours(27)).toEpochMilli();
        Files.writeString(note, noted.replaceFirst("\"at\":\\d+", "\"at\":" + before));
        assertThat(examine(environment("FLOW_PORT", "0")).failed()).containsOnlyKeys("backup");
        Files.writeString(note, noted);
        Files.move(kept, directory.resolve("moved"));
        assertThat(examine(environment("FLOW_PORT", "0"))
                        .one("backup")
                        .path("evidence")
                        .asText())
                .isEqualTo("not checkable here");
    }

    @Tag("one-database")
    @Test
    void a_file_in_place_of_the_data_directory_and_a_broken_database_are_said_in_a_line() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no database");
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("flow.db"), "no database".repeat(1000));

        assertThat(examine(environment("FLOW_PORT", "0", "FLOW_DATA_DIR", file.toString()))
                        .detail("data directory"))
                .endsWith(" is not a directory");
        Shell.Output broken = new Shell(environment("FLOW_PORT", "0", "FLOW_DATA_DIR", data.toString())).flow("doctor");
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out()).contains("failed    database, checked: broke off: ", "file is not a database");
        assertThat(broken.out() + broken.err()).doesNotContain("\tat ");
    }

    @Tag("one-database")
    @Test
    void a_server_on_a_private_network_is_looked_at() throws IOException {
        InetAddress own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(InetAddress::isSiteLocalAddress)
                .findAny()
                .orElse(null);
        assumeThat(own).as("an address of a private network").isNotNull();
        try (ServerSocket closed = new ServerSocket(0, 1, own)) {
            String url = "http://" + own.getHostAddress() + ":" + closed.getLocalPort();
            closed.close();

            assertThat(examine(flow.environment(), "--url", url).detail("server"))
                    .endsWith("No connection could be made.");
        }
    }

    @Tag("one-database")
    @Test
    void error_tracking_is_shown_without_its_key() {
        migrated();

        JsonNode line = examine(environment("FLOW_PORT", "0", "SENTRY_DSN", "https://secret@sentry.example/1"))
                .one("error tracking");

        assertThat(line.path("evidence").asText()).isEqualTo("configured");
        assertThat(line.path("detail").asText()).isEqualTo("SENTRY_DSN: faults are reported to sentry.example");
    }

    @Tag("one-database")
    @Test
    void the_files_rules_and_metrics_that_lines_name_exist() throws IOException {
        migrated();
        Path root = Path.of("..");
        String figures = Files.readString(root.resolve("docs/metrics.md"));

        Diagnosis diagnosis = examine(environment("FLOW_PORT", "0"));
        String details = diagnosis.lines().toString();

        assertThat(named("(?:deploy|docs)/[\\w/.-]+\\w", details))
                .contains("deploy/prometheus/flow-alerts.yml", "deploy/systemd/flow-backup.timer", "docs/metrics.md")
                .allSatisfy(file -> assertThat(root.resolve(file)).exists());
        assertThat(named("flow_\\w+", details))
                .contains("flow_rate_limit_refusals_total")
                .allSatisfy(metric -> assertThat(figures).contains("`" + metric + "`"));
        assertThat(named("\\bFlow[A-Z]\\w+", details))
                .contains("FlowRateLimitRefusals")
                .allSatisfy(alert -> assertThat(figures).contains("### " + alert + "\n"));
    }

    private static Set<String> named(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** The schema's version. */
    private int migrated() {
        Shell.Output run = new Shell(environment()).flow("migrate", "--json");
        assertThat(run.exit()).isZero();
        return run.json().getFirst().path("schemaVersion").asInt();
    }

    @Tag("one-database")
    @Test
    void migrate_makes_the_schema_and_says_its_version() {
        assertThat(new Shell(environment()).flow("migrate").out()).matches("The schema has version [1-9]\\d*\\R");
        assertThat(examine(environment("FLOW_PORT", "0")).status("database")).isEqualTo("ok");
    }

    private static Set<String> checksThatAre(Diagnosis diagnosis, String status) {
        Set<String> checks = new TreeSet<>();
        diagnosis.lines().stream()
                .filter(line -> line.path("status").asText().equals(status))
                .forEach(line -> checks.add(line.path("check").asText()));
        return checks;
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
