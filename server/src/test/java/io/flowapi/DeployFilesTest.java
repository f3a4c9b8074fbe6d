package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.installation.Config;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.http.HttpListener;
import io.flowapi.platform.http.ManagementListener;
import io.flowapi.platform.jobs.Worker;
import io.flowapi.testing.Documented;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
import org.junit.jupiter.api.io.TempDir;

/** Holds what operators copy from deploy/ to the server; that it runs, {@code deploy/try} shows. */
@Tag("one-database")
class DeployFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final List<Path> PROXIES =
            List.of(Path.of("nginx/flow.conf"), Path.of("caddy/Caddyfile"), Path.of("haproxy/haproxy.cfg"));

    private static final Pattern SETTING =
            Pattern.compile("\\b(FLOW_[A-Z_]+|DATABASE_URL|APP_URL|CORS_ALLOWED_ORIGINS|SENTRY_DSN)\\b");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");
    private static final Pattern ASSIGNED = Pattern.compile("(?m)^([A-Z_]+)=(.*)$");
    /** As the service, a person and deploy/try write it. */
    private static final Pattern COMMAND =
            Pattern.compile("(?:/opt/flow/flow|' flow|`flow|/flow\"|flow\\[@\\]}\") ([a-z][^`\\n>|]*)");

    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern ROUTE = Pattern.compile("(?<![\\w/])/(?:health|v1)/[a-z/-]+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#([a-z-]+))?\\)");

    private static final Duration DATABASE_MAX = Duration.ofSeconds(5);

    @TempDir
    Path data;

    @Test
    void every_setting_named_there_is_one_that_the_server_reads() {
        Set<String> known = all(DOCUMENTED, read(ROOT.resolve("docs/configuration.md")));

        assertThat(all(SETTING, everything())).contains("FLOW_ENV").isSubsetOf(known);
        known.add("JAVA_HOME");
        assertThat(all(Pattern.compile("(?m)^#?([A-Z_]+)="), read("systemd/flow.env.example")))
                .isSubsetOf(known);
    }

    @Test
    void no_proxy_logs_the_queries_with_which_accounts_are_connected() {
        assertThat(read("nginx/flow.conf"))
                .containsPattern("location /oauth/ \\{\\s+access_log off;\\s+error_log /dev/null crit;");
        // No log of requests; what it logs of errors, by default, has the queries without them.
        assertThat(read("caddy/Caddyfile"))
                .containsOnlyOnce("log {")
                .containsPattern("request>uri query \\{\\s+delete code\\s+delete state\\s+delete request\\s+\\}");
        // It logs requests at the level info.
        assertThat(read("haproxy/haproxy.cfg")).contains("local0 notice").doesNotContain("httplog");
    }

    @Test
    void the_example_lacks_the_key_and_nothing_else() {
        Map<String, String> example = example();
        example.put("FLOW_DATA_DIR", data.toString());

        assertThatThrownBy(() -> Config.from(example))
                .hasMessageContaining("FLOW_ENCRYPTION_KEY")
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message.lines()).hasSize(2));
        example.put("FLOW_ENCRYPTION_KEY", "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        Config config = Config.from(example);
        assertThat(config.production()).isTrue();
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.clients().trustedProxies())
                .anyMatch(block -> block.contains(InetAddress.getLoopbackAddress()));
    }

    @Test
    void every_command_there_is_one_that_the_program_takes() {
        List<String> commands = COMMAND.matcher(everything())
                .results()
                .map(command -> command.group(1).strip())
                .toList();

        assertThat(commands).contains("serve", "backup --to /var/backups/flow --keep 14", "doctor");
        assertThat(commands)
                .allSatisfy(command -> assertThatCode(
                                () -> Main.commandLine(Map.of()).parseArgs(command.split(" +")))
                        .as(command)
                        .doesNotThrowAnyException());
    }

    @Test
    void every_route_and_port_there_is_the_servers() {
        Config config = Config.from(Map.of());
        Set<String> routes =
                Documented.OPERATIONS.stream().map(Documented::path).collect(Collectors.toSet());

        assertThat(all(Pattern.compile("(" + ROUTE + ")"), everything()))
                .contains("/health/readiness")
                .isSubsetOf(routes);
        assertThat(all(ADDRESS, everything()))
                .containsExactlyInAnyOrder(
                        "" + config.port(), "" + config.management().port());
        assertThat(example())
                .containsEntry("FLOW_PORT", "" + config.port())
                .containsEntry("FLOW_MANAGEMENT_PORT", "" + config.management().port());
    }

    @Test
    void every_proxy_passes_on_to_the_server_and_to_nothing_else() {
        String server = example().get("FLOW_HOST") + ":" + example().get("FLOW_PORT");

        assertThat(PROXIES).allSatisfy(proxy -> {
            String settings = withoutComments(read(proxy.toString()));
            assertThat(all(ADDRESS, settings)).hasSize(1);
            assertThat(settings).contains(server).doesNotContain("9090");
        });
    }

    @Test
    void a_stop_is_given_more_time_than_it_can_take() throws ReflectiveOperationException {
        Duration stop = constant(Worker.class, "STOP_WAIT")
                .multipliedBy(2)
                .plus(constant(HttpListener.class, "SHUTDOWN_GRACE"))
                .plus(constant(FaultReports.class, "FLUSH_AT_STOP_MAX"))
                .plus(constant(ManagementListener.class, "SHUTDOWN_GRACE"))
                .plus(DATABASE_MAX);
        Duration given = Duration.ofSeconds(
                Long.parseLong(unit("flow.service").get("TimeoutStopSec").getFirst()));
        long drainMax = Long.parseLong(all(Pattern.compile("Above (\\d+), raise"), read("systemd/flow.env.example"))
                .iterator()
                .next());

        assertThat(given).isGreaterThan(stop.plusSeconds(drainMax));
        assertThat(Long.parseLong(example().get("FLOW_DRAIN_SECONDS"))).isLessThan(drainMax);
    }

    @Test
    void the_units_name_the_same_user_and_places() {
        Map<String, List<String>> server = unit("flow.service");
        Map<String, List<String>> backup = unit("flow-backup.service");

        assertThat(List.of(server, backup)).allSatisfy(unit -> {
            assertThat(unit).containsEntry("User", List.of("flow")).containsEntry("UMask", List.of("0077"));
            assertThat("/var/lib/" + unit.get("StateDirectory").getFirst())
                    .isEqualTo(example().get("FLOW_DATA_DIR"));
        });
        assertThat(backup.get("ExecStart").getFirst())
                .contains(" --to " + backup.get("ReadWritePaths").getFirst());
    }

    @Test
    void the_backup_may_do_nothing_that_the_server_may_not() {
        Map<String, List<String>> backup = unit("flow-backup.service");
        Set<String> tighter = Set.of("RestrictAddressFamilies", "RemoveIPC");

        unit("flow.service").entrySet().stream()
                .filter(setting ->
                        setting.getKey().matches("(No|Protect|Private|Restrict|Lock|Capab|Ambient|System).*"))
                .filter(setting -> !tighter.contains(setting.getKey()))
                .forEach(setting -> assertThat(backup).containsEntry(setting.getKey(), setting.getValue()));
    }

    @Test
    void the_page_names_every_file_and_its_links_lead_somewhere() {
        String page = read("README.md");

        assertThat(files().map(file -> DEPLOY.relativize(file).toString()).filter(name -> !name.endsWith(".test.yml")))
                .allSatisfy(name -> assertThat(name.equals("README.md") || page.contains("`" + name + "`"))
                        .as(name)
                        .isTrue());
        LINK.matcher(page).results().forEach(link -> {
            String target = read(link.group(1));
            if (link.group(2) != null) {
                assertThat(target.toLowerCase()).contains("# " + link.group(2).replace('-', ' '));
            }
        });
    }

    private Map<String, String> example() {
        Map<String, String> settings = new HashMap<>();
        ASSIGNED.matcher(read("systemd/flow.env.example"))
                .results()
                .forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    private static Map<String, List<String>> unit(String name) {
        return withoutComments(read("systemd/" + name))
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf('=')),
                        Collectors.mapping(line -> line.substring(line.indexOf('=') + 1), Collectors.toList())));
    }

    private static Duration constant(Class<?> owner, String name) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return (Duration) field.get(null);
    }

    private static String withoutComments(String text) {
        return text.lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String everything() {
        return files().map(DeployFilesTest::read).collect(Collectors.joining("\n"));
    }

    private static Stream<Path> files() {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(String name) {
        return read(DEPLOY.resolve(name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
