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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon events arrive, alone and beside a receiver that is slow, and how many a second. */
@Command(
        name = "webhooks",
        mixinStandardHelpOptions = true,
        description = "Measures how soon and how fast one server delivers events to webhooks.")
public final class WebhooksBenchmark implements Callable<Integer> {

    private static final long IDLE_P95_MILLIS_MAX = 100;
    private static final long BESIDE_SLOW_P95_MILLIS_MAX = 200;
    private static final Duration EVENTS_APART = Duration.ofMillis(50);
    private static final Duration ARRIVED_MAX = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
    private static final int WEBHOOKS = 16;
    private static final int BARE_CALLERS = 64;
    private static final Duration BARE_TIME = Duration.ofSeconds(3);
    /** More than the slow one has places for. */
    private static final int SLOW_BACKLOG = 20;

    @Option(names = "--data", required = true, description = "A folder on the disk to measure.")
    private Path data;

    @Option(names = "--database", split = ",", description = "Which: ${COMPLETION-CANDIDATES} (default: both).")
    private List<MeasuredDatabase> databases = List.of(MeasuredDatabase.values());

    @Option(names = "--events", description = "State changes, one after the other (default: ${DEFAULT-VALUE}).")
    private int events = 200;

    @Option(
            names = "--backlog",
            description = "Events that several webhooks are sent at once (default: ${DEFAULT-VALUE}).")
    private int backlog = 1_000;

    @Option(names = "--assert", description = "Fail when a p95 is above its bar.")
    private boolean judge;

    @Option(names = "--evidence", paramLabel = "FILE", description = "Write the figures to this file, as JSON.")
    private @Nullable Path evidence;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new WebhooksBenchmark()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("webhooks-" + System.currentTimeMillis()));
        figures.put("step", "webhooks");
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
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("loadAverage", load);
        try (ServerUnderTest server =
                        ServerUnderTest.start(folder, System.getProperty("java.class.path"), List.of(), settings);
                TimedReceiver receiver = new TimedReceiver();
                HttpCall api = new HttpCall(server, server.key())) {
            sustained(found, server, receiver, api);
            webhook(api, receiver.url("/quick"), "channel.connected");
            late(database, found, "change to first byte, idle", IDLE_P95_MILLIS_MAX, receiver, api);
            webhook(api, receiver.url("/slow"), "channel.connected");
            makeEvents(api, SLOW_BACKLOG, Duration.ZERO);
            await(() -> receiver.slow() > 0 && receiver.noted() == SLOW_BACKLOG);
            receiver.takeLateMillis();
            late(database, found, "change to first byte, another is slow", BESIDE_SLOW_P95_MILLIS_MAX, receiver, api);
            found.put("heldByTheSlowOne", receiver.slow());
        }
        figures.put(database.name().toLowerCase(Locale.ROOT), found);
    }

    private void late(
            MeasuredDatabase database,
            Map<String, Object> found,
            String name,
            long p95Max,
            TimedReceiver receiver,
            HttpCall api)
            throws IOException {
        makeEvents(api, events, EVENTS_APART);
        await(() -> receiver.noted() == events);
        long[] millis = receiver.takeLateMillis();
        long p95 = percentile(millis, 95);
        System.out.printf(
                "%-40s %,6d events   p50 %,d ms, p95 %,d ms, max %,d ms%n",
                name, millis.length, percentile(millis, 50), p95, millis[millis.length - 1]);
        found.put(
                name,
                Map.of(
                        "events",
                        millis.length,
                        "p50Millis",
                        percentile(millis, 50),
                        "p95Millis",
                        p95,
                        "maxMillis",
                        millis[millis.length - 1]));
        if (p95 >= p95Max) {
            broken.add("%s, %s: the p95 is %,d ms and not below %,d".formatted(database, name, p95, p95Max));
        }
    }

    private static long percentile(long[] ascending, int percentile) {
        return ascending[Math.min(ascending.length - 1, ascending.length * percentile / 100)];
    }

    /** What has gathered is sent at once to several webhooks; beside it, as many bare requests as can be made. */
    private void sustained(Map<String, Object> found, ServerUnderTest server, TimedReceiver receiver, HttpCall api)
            throws IOException, InterruptedException {
        List<String> webhooks = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            webhooks.add(webhook(api, receiver.url("/counted"), "webhook.disabled"));
        }
        Instant since = Instant.now().minusSeconds(1);
        makeEvents(api, backlog, Duration.ZERO);
        for (String webhook : webhooks) {
            api.patch("/v1/webhooks/" + webhook, "{\"events\":[\"channel.connected\"]}");
        }
        long started = System.nanoTime();
        for (String webhook : webhooks) {
            api.post("/v1/webhooks/" + webhook + "/recover", Json.text(Map.of("since", since)));
        }
        int deliveries = backlog * WEBHOOKS;
        await(() -> receiver.counted() >= deliveries);
        double perSecond = deliveries * 1e9 / (System.nanoTime() - started);
        for (String webhook : webhooks) {
            api.patch("/v1/webhooks/" + webhook, "{\"status\":\"disabled\"}");
        }
        Sample bare =
                new ClosedLoop(BARE_CALLERS, BARE_TIME).run(() -> BareDelivery.to(receiver), ProcessHandle.current());
        System.out.printf(
                "%,d deliveries to %d webhooks: %,.0f a second; bare requests of %d callers: %,.0f a second%n",
                deliveries, WEBHOOKS, perSecond, BARE_CALLERS, bare.perSecond());
        found.put("deliveriesPerSecond", Math.round(perSecond));
        found.put("bareRequestsPerSecond", Math.round(bare.perSecond()));
    }

    private static void makeEvents(HttpCall api, int many, Duration apart) throws IOException {
        for (int i = 0; i < many; i++) {
            api.create("/v1/channels", "{\"name\":\"Load\",\"provider\":\"sandbox\"}");
            LockSupport.parkNanos(apart.toNanos());
        }
    }

    private static String webhook(HttpCall api, String url, String type) throws IOException {
        String made = api.create("/v1/webhooks", Json.text(Map.of("url", url, "events", List.of(type))));
        return Json.tree(made).path("id").asText();
    }

    private static void await(BooleanSupplier arrived) throws IOException {
        long deadline = System.nanoTime() + ARRIVED_MAX.toNanos();
        while (!arrived.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Not everything has arrived after " + ARRIVED_MAX);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
