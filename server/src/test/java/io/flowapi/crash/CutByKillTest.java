package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.bluesky.CutFigures;
import io.flowapi.testing.Await;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Hold;
import io.flowapi.testing.RealPds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two cuts that only a kill can make, right before and right after our own commit. The other ones are in
 * {@code PublishToBlueskyTest}. As many posts as a worker easily has under way at once share a kill.
 */
class CutByKillTest {

    private static final int BATCH_MAX = 20;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private static RealPds pds;

    @TempDir
    Path directory;

    private final Map<String, String> environment = ChosenDatabase.fresh();
    private final Set<String> contents = new HashSet<>();
    private Path data;
    private CuttingProxy proxy;
    private RestartedServer server;
    private Bluesky bluesky;

    /** A server with fresh limits: the cuts that run before may have used them up. */
    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
        pds.stop();
        pds.start();
    }

    @BeforeEach
    void connect() {
        data = directory.resolve("data");
        proxy = CuttingProxy.before(pds.url());
        server = RestartedServer.firstStart("cut by kill", "live key", data, environment);
        bluesky = Bluesky.connect(server.api(), pds, proxy.url(), 1);
    }

    @AfterEach
    void stop() {
        server.close();
        proxy.close();
    }

    @Test
    void a_kill_after_the_answer_was_read_and_before_it_is_committed_loses_and_doubles_nothing() {
        while (contents.size() < CutFigures.POSTS) {
            List<Hold> holds = publishUntilHeld();
            killBeforeCommit(holds);
            server.restart();
            Await.within(WITHIN, this::allPublished);
        }

        holdToFlawless("AFTER_OUR_READ_BEFORE_OUR_COMMIT");
        assertThat(proxy.requests("putRecord")).isEqualTo(CutFigures.POSTS);
        assertThat(proxy.requests("getRecord")).isGreaterThanOrEqualTo(CutFigures.POSTS);
    }

    private void killBeforeCommit(List<Hold> holds) {
        try (DatabaseLock lock = DatabaseLock.take(data, environment)) {
            holds.forEach(Hold::release);
            holds.forEach(hold -> hold.awaitClosed(WITHIN));
            server.process().kill();
            assertThat(lock.targets("publishing")).isEqualTo(holds.size());
            if (ChosenDatabase.POSTGRES) {
                lock.endLeases();
            }
        }
    }

    @Test
    void a_kill_after_the_commit_changes_nothing() {
        while (contents.size() < CutFigures.POSTS) {
            publishUntilHeld().forEach(Hold::release);
            Await.within(WITHIN, this::allPublished);
            server.process().kill();
            server.restart();
        }

        holdToFlawless("AFTER_OUR_COMMIT");
        publishOneMore();
        assertThat(proxy.requests("putRecord")).isEqualTo(CutFigures.POSTS + 1);
        assertThat(proxy.requests("getRecord")).isZero();
    }

    /** Creates posts, and returns when the network has them all and our server knows of none. */
    private List<Hold> publishUntilHeld() {
        int posts = Math.min(BATCH_MAX, CutFigures.POSTS - contents.size());
        List<Hold> holds = Stream.generate(Hold::new).limit(posts).toList();
        holds.forEach(hold -> proxy.next(1, "putRecord", hold));
        holds.forEach(hold -> publish("post-" + (contents.size() + 1)));
        holds.forEach(hold -> hold.awaitAnswer(WITHIN));
        return holds;
    }

    /** When it is out, a server that would send an older one again has taken that up. */
    private void publishOneMore() {
        publish("the-last-one");
        Await.within(WITHIN, this::allPublished);
    }

    private void publish(String content) {
        contents.add(content);
        try {
            assertThat(server.api()
                            .publishNow(bluesky.channels().getFirst(), content, content)
                            .statusCode())
                    .isEqualTo(201);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private boolean allPublished() {
        return published() == contents.size();
    }

    private int published() {
        return server.api().all("/v1/posts?status=published").size();
    }

    private void holdToFlawless(String cut) {
        CutFigures figures = CutFigures.of(contents, published(), bluesky.timeline(server.api()));
        figures.report(cut);
        assertThat(figures).isEqualTo(CutFigures.flawless(CutFigures.POSTS));
    }
}
