package io.flowapi.perf;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How late posts to the sandbox network come out: many at once, one after the other, and beside a network that hangs. */
@Command(
        name = "lateness",
        mixinStandardHelpOptions = true,
        description = "Measures how late one server sends posts that are due.")
public final class LatenessBenchmark implements Callable<Integer> {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long ONE_SECOND_P99_MILLIS_MAX = 1_000;

    /** Nothing can be done before the moment: on two processors that PostgreSQL shares, it takes about as long again. */
    private static final long SAME_MOMENT_P99_MILLIS_MAX = 2_000;

    private static final long IDLE_P99_MILLIS_MAX = 50;
    private static final int WARM_UPS = 3;
    private static final Duration IDLE_APART = Duration.ofMillis(100);
    private static final int HANGING_POSTS = 1_100;
    private static final Duration HANGS_AFTER = Duration.ofSeconds(2);

    @Option(names = "--data", required = true, description = "A folder on the disk to measure.")
    private Path data;

    @Option(names = "--database", split = ",", description = "Which: ${COMPLETION-CANDIDATES} (default: both).")
    private List<MeasuredDatabase> databases = List.of(MeasuredDatabase.values());

    @Option(names = "--posts", description = "Posts that are due at the same moment (default: ${DEFAULT-VALUE}).")
    private int posts = 1_000;

    @Option(names = "--idle-posts", description = "Posts that are due one after the other (default: ${DEFAULT-VALUE}).")
    private int idlePosts = 200;

    @Option(names = "--assert", description = "Fail when a p99 is above its bar.")
    private boolean judge;

    @Option(names = "--evidence", paramLabel = "FILE", description = "Write the figures to this file, as JSON.")
    private @Nullable Path evidence;

    @Option(names = "--server-java-option", description = "Start the server with this JVM option; may be repeated.")
    private List<String> javaOptions = List.of();

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new LatenessBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("lateness-" + System.currentTimeMillis()));
        figures.put("step", "lateness");
        figures.put("date", Instant.now());
        figures.put("commit", Report.commit());
        figures.put("java", Runtime.version().toString());
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        for (MeasuredDatabase database : databases) {
            Path own = Files.createDirectory(folder.resolve(database.name()));
            database.with(own, settings -> measure(database, own, settings));
        }
        CreatePostBenchmark.delete(folder);
        if (evidence != null) {
            Files.write(evidence, Json.bytes(figures));
        }
        broken.forEach(System.out::println);
        return judge && !broken.isEmpty() ? 1 : 0;
    }

    private void measure(MeasuredDatabase database, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        System.out.printf("%n%s, load average before %.1f%n%n", database, load);
        System.out.printf(
                "%-40s %6s  %7s %7s %7s %7s   %s%n", "ms late", "posts", "p50", "p95", "p99", "max", "out p99");
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("loadAverage", load);
        String classPath = System.getProperty("java.class.path");
        try (ServerUnderTest server = ServerUnderTest.start(folder, classPath, javaOptions, settings)) {
            ScheduledPosts sandbox =
                    new ScheduledPosts(server, channel(server, Map.of("name", "Sandbox", "provider", "sandbox")));
            for (int round = 0; round < WARM_UPS; round++) {
                sandbox.run("warm-up", posts, Duration.ZERO);
            }
            note(
                    database,
                    found,
                    sandbox.run("due in one second", posts, SECOND.dividedBy(posts)),
                    ONE_SECOND_P99_MILLIS_MAX);
            note(
                    database,
                    found,
                    sandbox.run("due at the same moment", posts, Duration.ZERO),
                    SAME_MOMENT_P99_MILLIS_MAX);
            note(database, found, sandbox.run("one every 100 ms", idlePosts, IDLE_APART), IDLE_P99_MILLIS_MAX);
            try (HangingNetwork network = new HangingNetwork()) {
                hang(server, network);
                note(
                        database,
                        found,
                        sandbox.run("due in one second, another hangs", posts, SECOND.dividedBy(posts)),
                        ONE_SECOND_P99_MILLIS_MAX);
                found.put("heldByTheHangingNetwork", network.held());
            }
        }
        figures.put(database.name().toLowerCase(Locale.ROOT), found);
    }

    private void note(MeasuredDatabase database, Map<String, Object> found, Lateness measured, long p99Max) {
        System.out.println(measured.text());
        found.put(measured.name(), measured.figures());
        if (measured.p99() >= p99Max) {
            broken.add("%s, %s: the p99 is %,d ms and not below %,d"
                    .formatted(database, measured.name(), measured.p99(), p99Max));
        }
    }

    /** Returns when the network holds what it is given. */
    private static void hang(ServerUnderTest server, HangingNetwork network) throws IOException {
        Map<String, String> credentials =
                Map.of("service", network.url(), "identifier", "hangs.test", "appPassword", "secret");
        String channel = channel(server, Map.of("name", "Hangs", "provider", "bluesky", "credentials", credentials));
        try (HttpCall call = new HttpCall(server, server.liveKey())) {
            for (int i = 0; i < HANGING_POSTS; i++) {
                Map<String, Object> post = Map.of(
                        "content", "hangs " + i, "targets", List.of(Map.of("channelId", channel)), "publishNow", true);
                call.create("/v1/posts", Json.text(post));
            }
        }
        LockSupport.parkNanos(HANGS_AFTER.toNanos());
        if (network.held() == 0) {
            throw new IOException("Nothing was sent to the network that hangs.");
        }
    }

    private static String channel(ServerUnderTest server, Map<String, Object> wanted) throws IOException {
        try (HttpCall call = new HttpCall(server, server.liveKey())) {
            return Json.tree(call.create("/v1/channels", Json.text(wanted)))
                    .path("id")
                    .asText();
        }
    }
}
