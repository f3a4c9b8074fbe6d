package io.flowapi.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Durable creates over HTTP with every check on, and in the same run, in turn, a bare group commit of the same rows: the
 * machine's own good and bad moments meet both.
 */
@Command(
        name = "create-post",
        mixinStandardHelpOptions = true,
        description = "Measures how many posts a second one server takes durably.")
public final class CreatePostBenchmark implements Callable<Integer> {

    private static final Duration DRAINED_MAX = Duration.ofSeconds(120);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    @Option(names = "--data", required = true, description = "A folder on the disk to measure.")
    private Path data;

    @Option(names = "--callers", description = "Callers at once (default: ${DEFAULT-VALUE}).")
    private int callers = 8;

    @Option(names = "--rounds", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--seconds", description = "The length of each measured stretch (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(names = "--assert-min", paramLabel = "N", description = "Fail when fewer drafts a second are taken.")
    private int least;

    @Option(names = "--evidence", paramLabel = "FILE", description = "Write the figures to this file, as JSON.")
    private @Nullable Path evidence;

    @Option(names = "--server-java-option", description = "Start the server with this JVM option; may be repeated.")
    private List<String> javaOptions = List.of();

    private final Line drafts = new Line("createPost, draft");
    private final Line published = new Line("createPost, publishNow");
    private final Line bare = new Line("bare group commit");
    private final Line sync = new Line("sync of one page");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CreatePostBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("run-" + System.currentTimeMillis()));
        try (ServerUnderTest server =
                        ServerUnderTest.start(folder, System.getProperty("java.class.path"), javaOptions);
                BareCommit rows = new BareCommit(folder.resolve("bare"))) {
            round(server, rows, folder);
            lines().forEach(Line::clear);
            for (int i = 0; i < rounds; i++) {
                round(server, rows, folder);
            }
        }
        delete(folder);
        Report report =
                new Report(lines(), drafts.median().perSecond() / bare.median().perSecond(), callers, seconds);
        report.print();
        if (evidence != null) {
            report.write(evidence);
        }
        return drafts.median().perSecond() < least ? 1 : 0;
    }

    private List<Line> lines() {
        return List.of(drafts, published, bare, sync);
    }

    /** Side by side as closely as can be; what is left to publish is waited for, or the next stretch would pay for it. */
    private void round(ServerUnderTest server, BareCommit rows, Path folder) throws IOException, InterruptedException {
        ClosedLoop loop = new ClosedLoop(callers, Duration.ofSeconds(seconds));
        sync.add(DiskSync.measure(folder));
        drafts.add(loop.run(() -> new HttpCall(server, false), server.handle()));
        bare.add(loop.run(rows::call, ProcessHandle.current()));
        published.add(loop.run(() -> new HttpCall(server, true), server.handle()));
        awaitPublished(server);
    }

    /** Hundreds of megabytes; after a failure they stay, with the server's log. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void awaitPublished(ServerUnderTest server) throws IOException {
        long deadline = System.nanoTime() + DRAINED_MAX.toNanos();
        try (HttpCall look = new HttpCall(server, false)) {
            while (!look.get("/v1/posts?status=publishing&limit=1").startsWith("{\"data\":[]")) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("posts are still publishing after " + DRAINED_MAX);
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }
}
