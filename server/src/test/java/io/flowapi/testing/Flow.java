package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.FlowServer;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Scope;
import io.flowapi.apikeys.NewApiKey;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.HttpLimits;
import io.flowapi.users.UserAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real server on a free port with a database of its own, a clock that the test moves, and jobs that run when the test
 * says so. One for each test class: {@code @RegisterExtension static final Flow flow = new Flow();}. The engine is SQLite,
 * or PostgreSQL with {@code -Dflow.test.database=postgres}.
 */
public final class Flow implements BeforeAllCallback, AfterAllCallback {

    private static final List<String> TABLES = List.of(
            "users",
            "api_keys",
            "channels",
            "channel_connections",
            "posts",
            "targets",
            "attempts",
            "jobs",
            "idempotency_keys",
            "sandbox_posts",
            "audit_entries",
            "events",
            "webhooks",
            "webhook_secrets",
            "deliveries");

    private static final boolean POSTGRES = "postgres".equals(System.getProperty("flow.test.database"));

    /** Held here, because the settings of a logger nobody holds are forgotten. */
    private static final List<Logger> CHATTER =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.networknt"), Logger.getLogger("com.zaxxer"));

    private static final List<Logger> STREAMS =
            List.of(Logger.getLogger("io.flowapi.request"), Logger.getLogger("io.flowapi.audit"));

    static {
        CHATTER.forEach(library -> library.setLevel(Level.SEVERE));
        STREAMS.forEach(stream -> stream.setUseParentHandlers(false));
    }

    /** No test trips over a limit that it has not asked for. */
    public static final Map<String, String> UNLIMITED = Map.of(
            "FLOW_RATE_LIMIT_DEFAULT", "0",
            "FLOW_RATE_LIMIT_POST_CREATION", "0",
            "FLOW_RATE_LIMIT_WEBHOOK_CREATION", "0",
            "FLOW_RATE_LIMIT_API_KEY_CREATION", "0",
            "FLOW_RATE_LIMIT_FAILED_AUTH", "0");

    /** No test calls a real network that has one address for everybody: there nobody listens. */
    private static final Map<String, String> ALONE =
            Map.of("FLOW_X_API_URL", "http://localhost:9", "FLOW_LINKEDIN_API_URL", "http://localhost:9");

    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final Duration databaseTimeout;
    private final Map<String, String> settings;
    private final HttpLimits httpLimits;
    private Path directory;
    private Map<String, String> environment;
    private Installation installation;
    private FlowServer server;
    private int users;

    public Flow() {
        this(Map.of());
    }

    /** One whose transactions may take only so long. */
    public Flow(Duration databaseTimeout) {
        this(databaseTimeout, Map.of(), HttpLimits.STANDARD);
    }

    /** With limits of the listener that a test can reach. */
    public Flow(HttpLimits limits) {
        this(DATABASE_TIMEOUT, Map.of(), limits);
    }

    /** @param settings beside those of every test server, such as a rate limit; PostgreSQL then has the test's clock too */
    public Flow(Map<String, String> settings) {
        this(DATABASE_TIMEOUT, settings, HttpLimits.STANDARD);
    }

    private Flow(Duration databaseTimeout, Map<String, String> settings, HttpLimits httpLimits) {
        this.databaseTimeout = databaseTimeout;
        this.settings = settings;
        this.httpLimits = httpLimits;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Starts it for a test without the extension. */
    public void start() {
        start(temporaryDirectory());
    }

    /** On a data directory that was made before; stopping removes it. */
    public void start(Path dataDirectory) {
        directory = dataDirectory;
        environment = new HashMap<>(
                Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString(), "FLOW_PUBLIC_URL", "http://flow.test"));
        environment.putAll(UNLIMITED);
        environment.putAll(ALONE);
        environment.putAll(settings);
        if (POSTGRES) {
            environment.put("DATABASE_URL", PostgresServer.freshDatabaseUrl());
            if (!settings.isEmpty()) {
                PostgresServer.follow(environment.get("DATABASE_URL"), clock);
            }
        }
        Config config = Config.from(environment, Config.Role.API);
        installation = Installation.open(config, clock, databaseTimeout);
        server = new FlowServer(config, installation, httpLimits);
        server.start();
    }

    public void stop() {
        server.close();
        installation.close();
        delete(directory);
    }

    public TestClock clock() {
        return clock;
    }

    public Installation installation() {
        return installation;
    }

    public Path directory() {
        return directory;
    }

    /** What the process was started with, for the console beside it. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public int port() {
        return server.port();
    }

    /** Its figures, those asked for a second later among them. */
    public Scrape scrape() {
        clock.advance(Duration.ofSeconds(1));
        return Scrape.of(server.managementPort());
    }

    public int managementPort() {
        return server.managementPort();
    }

    /** Lets the worker take what is due by itself, as in a real server. The clock is still the test's. */
    public void startWorker() {
        server.worker().start();
    }

    /** Runs what is due by the test's clock. */
    public void runDueJobs() {
        server.worker().runDueJobs();
    }

    /** Makes every attempt that is due by the test's clock to deliver to a webhook. */
    public void deliverDue() {
        server.deliverer().deliverDue();
    }

    /** Lets deliveries be taken by themselves, as in a real server. */
    public void startDeliverer() {
        server.deliverer().start();
    }

    /** Makes the call, and holds the server to having stored and removed nothing. */
    public Answer unchanged(Supplier<Answer> call) {
        return unchangedBy(call);
    }

    /** As {@link #unchanged}, for what is not a request. */
    public <T> T unchangedBy(Supplier<T> call) {
        Map<String, Long> before = rows();
        T result = call.get();
        assertThat(rows()).isEqualTo(before);
        return result;
    }

    private Map<String, Long> rows() {
        return installation
                .database()
                .read(tx -> TABLES.stream()
                        .collect(Collectors.toMap(
                                table -> table,
                                table -> tx.createQuery("select count(*) from " + table)
                                        .mapTo(Long.class)
                                        .one())));
    }

    /** A user of its own, with a test-mode key that may do everything with what is theirs. */
    public TestCaller caller() {
        return user().key(Mode.TEST);
    }

    /** A user of its own, with a test-mode key of these scopes. */
    public TestCaller caller(String... scopes) {
        return user().key(Mode.TEST, scopes);
    }

    /** Nobody: no key is sent. */
    public TestCaller nobody() {
        return new TestCaller(server.port(), null);
    }

    public TestUser user() {
        String name = "user-" + ++users;
        return new TestUser(installation
                .database()
                .write(tx -> installation.users().add(tx, name))
                .orElseThrow());
    }

    /** A user, to give keys to. */
    public final class TestUser {

        private final UserAccount account;

        private TestUser(UserAccount account) {
            this.account = account;
        }

        public UserAccount account() {
            return account;
        }

        public TestCaller key(Mode mode, String... scopes) {
            Set<Scope> wanted = scopes.length == 0
                    ? EnumSet.complementOf(EnumSet.of(Scope.ADMIN))
                    : Arrays.stream(scopes).map(Scope::of).collect(Collectors.toSet());
            NewApiKey made = installation
                    .database()
                    .write(tx -> installation.keys().create(tx, account.id(), "test", mode, wanted, null));
            return new TestCaller(server.port(), made.secret());
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("flow-test");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
