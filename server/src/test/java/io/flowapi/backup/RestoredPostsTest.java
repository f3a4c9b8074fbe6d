package io.flowapi.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a post between the backup and the restore, the restored server does not know: it must not send twice. */
@Tag("one-database")
class RestoredPostsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Flow flow = new Flow();
    private final Flow restored = new Flow();

    @TempDir
    Path temporary;

    private TestCaller alice;
    private TestCaller again;
    private String channel;
    private Backup backup;

    @BeforeEach
    void start() {
        flow.start();
        alice = flow.caller();
        channel = alice.channel();
    }

    @AfterEach
    void stop() {
        flow.stop();
        if (again != null) {
            restored.stop();
        }
    }

    private Instant now() {
        return flow.clock().instant();
    }

    private void backUp() {
        backup = new BackupFolder(temporary, progress -> {})
                .make(new BackupFolder.Source(DatabaseFile.in(flow.directory()), List.of("local"), "test", now()));
    }

    /** @return how many targets are held back */
    private int restore(Instant stoppedAt) {
        try {
            Path directory = Files.createTempDirectory("flow-restored");
            int heldBack = new Restore(flow.clock(), progress -> {}).restore(backup, directory, stoppedAt);
            Files.copy(flow.directory().resolve("encryption.key"), directory.resolve("encryption.key"));
            restored.clock().advance(Duration.between(restored.clock().instant(), now()));
            restored.start(directory);
            again = restored.nobody().withKey(alice.key());
            return heldBack;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private void pass(Flow server, Duration time) {
        server.clock().advance(time);
        server.runDueJobs();
    }

    private String resolve(JsonNode post) {
        return "/v1/posts/" + post.path("id").asText() + "/targets/"
                + post.at("/targets/0/id").asText() + "/resolve";
    }

    @Test
    void what_went_out_since_the_backup_is_not_sent_again() {
        String post = alice.schedule(channel, "Went out", now().plus(HOUR));
        backUp();
        pass(flow, HOUR.multipliedBy(2));
        assertThat(alice.timeline(channel)).containsExactly("Went out");

        assertThat(restore(now())).isEqualTo(1);
        pass(restored, HOUR);

        JsonNode held = again.getPost(post);
        assertThat(held.path("status").asText()).isEqualTo("needs_attention");
        assertThat(held.at("/targets/0/status").asText()).isEqualTo("unknown");
        assertThat(held.at("/targets/0/error/code").asText()).isEqualTo("restored");
        assertThat(held.at("/targets/0/error/remediation").asText()).contains("settle the target");
        assertThat(again.timeline(channel)).isEmpty();
    }

    @Test
    void what_is_held_back_is_written_down_as_done_by_the_person_at_the_console() {
        String post = alice.schedule(channel, "Went out", now().plus(HOUR));
        alice.schedule(channel, "Later", now().plus(HOUR.multipliedBy(3)));
        backUp();
        pass(flow, HOUR);
        restore(now());

        List<JsonNode> entries = AuditTrail.listed(again, "action=target.unknown");

        assertThat(entries).singleElement().satisfies(entry -> {
            JsonNode held = again.getPost(post);
            assertThat(entry.path("actor").asText()).isEqualTo("cli:" + System.getProperty("user.name"));
            assertThat(entry.path("address").asText()).isEqualTo("local");
            assertThat(entry.path("resourceType").asText()).isEqualTo("target");
            assertThat(entry.path("resourceId").asText())
                    .isEqualTo(held.at("/targets/0/id").asText());
            assertThat(entry.at("/details/postId").asText()).isEqualTo(post);
            assertThat(Instant.parse(entry.path("createdAt").asText())).isEqualTo(now());
        });
        JsonNode events = again.get("/v1/events?type=target.unknown").ok().path("data");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.at("/data/postId").asText()).isEqualTo(post);
            assertThat(event.at("/data/target")).isEqualTo(again.getPost(post).at("/targets/0"));
        });
    }

    @Test
    void a_person_who_finds_it_says_so_and_one_who_does_not_sends_it() {
        String there = alice.schedule(channel, "There", now().plus(HOUR));
        String missing = alice.schedule(channel, "Missing", now().plus(HOUR));
        backUp();
        pass(flow, HOUR);
        restore(now());

        again.post(resolve(again.getPost(there)), "{\"outcome\":\"published\",\"providerPostId\":\"p-1\"}")
                .expect(200);
        again.post(resolve(again.getPost(missing)), "{\"outcome\":\"failed\"}").expect(200);
        again.post("/v1/posts/" + missing + "/retry").expect(200);
        pass(restored, HOUR);

        assertThat(again.getPost(there).path("status").asText()).isEqualTo("published");
        assertThat(again.getPost(missing).path("status").asText()).isEqualTo("published");
        assertThat(again.timeline(channel)).containsExactly("Missing");
    }

    @Test
    void what_is_due_after_the_restore_goes_out_and_a_draft_waits() {
        String later = alice.schedule(channel, "Later", now().plus(HOUR.multipliedBy(3)));
        String draft = alice.draft(channel, "Draft");
        backUp();
        pass(flow, HOUR);

        assertThat(restore(now())).isZero();
        assertThat(again.getPost(later).path("status").asText()).isEqualTo("scheduled");
        pass(restored, HOUR.multipliedBy(3));

        assertThat(again.getPost(later).path("status").asText()).isEqualTo("published");
        assertThat(again.getPost(draft).path("status").asText()).isEqualTo("draft");
    }

    @Test
    void what_was_due_after_the_server_stopped_cannot_be_out_and_goes_out() {
        String post = alice.schedule(channel, "Nobody sent it", now().plus(HOUR.multipliedBy(2)));
        backUp();
        Instant stopped = now().plus(HOUR);
        pass(flow, HOUR.multipliedBy(3));

        assertThat(restore(stopped)).isZero();
        pass(restored, Duration.ZERO);

        assertThat(again.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void a_server_that_stopped_before_the_backup_left_nothing_in_doubt() {
        String post = alice.publishNow(channel, "Moves house");
        Instant stopped = now().minus(HOUR);
        backUp();

        assertThat(restore(stopped)).isZero();
        pass(restored, Duration.ZERO);

        assertThat(again.getPost(post).path("status").asText()).isEqualTo("published");
    }

    @Test
    void what_was_being_tried_again_is_asked_for_before_it_is_sent() {
        String post = alice.publishNow(channel, "[sandbox:rate-limited] Tried once");
        flow.runDueJobs();
        assertThat(alice.getPost(post).at("/targets/0/attempts").asInt()).isEqualTo(1);
        assertThat(alice.getPost(post).at("/targets/0/status").asText()).isEqualTo("pending");
        backUp();

        assertThat(restore(now()))
                .as("due before the backup, and perhaps sent after it")
                .isZero();
        restored.stop();
        assertThat(restore(now().plusMillis(1))).isEqualTo(1);
        assertThat(again.getPost(post).at("/targets/0/status").asText()).isEqualTo("unknown");
        pass(restored, HOUR);
        pass(restored, HOUR);

        assertThat(again.getPost(post).path("status").asText()).isEqualTo("published");
        assertThat(again.timeline(channel)).hasSize(1);
    }

    @Test
    void many_are_held_back_in_one_go() {
        for (int i = 0; i < 210; i++) {
            alice.schedule(channel, "Post " + i, now().plus(HOUR));
        }
        backUp();
        pass(flow, HOUR);

        assertThat(restore(now())).isEqualTo(210);
        pass(restored, HOUR);

        assertThat(again.timeline(channel)).isEmpty();
    }
}
