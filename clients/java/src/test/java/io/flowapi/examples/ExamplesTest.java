package io.flowapi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.flowapi.client.FlowClient;
import io.flowapi.client.model.CreateWebhookRequest;
import io.flowapi.client.model.CreatedApiKey;
import io.flowapi.client.model.Event;
import io.flowapi.client.model.EventType;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.UpdateWebhookRequest;
import io.flowapi.client.model.WebhookWithSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the folder {@code examples}, against the real server. */
class ExamplesTest {

    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    @TempDir
    Path directory;

    private LocalServer server;
    private FlowClient flow;

    @BeforeEach
    void start() {
        server = new LocalServer(directory);
        flow = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_scheduled_post_is_changed_and_held_back() {
        Post post = ScheduledPost.schedule(flow, TOMORROW);
        Post corrected = ScheduledPost.correct(flow, post, "See you at ten.");
        Post draft = ScheduledPost.holdBack(flow, corrected);

        assertThat(corrected.content()).isEqualTo("See you at ten.");
        assertThat(corrected.scheduledAt()).isEqualTo(post.scheduledAt());
        assertThat(draft.status()).isEqualTo(PostStatus.DRAFT);
        assertThat(draft.scheduledAt()).isNull();
        assertThat(draft.content()).isEqualTo("See you at ten.");
    }

    @Test
    void a_post_that_somebody_else_changed_is_left_alone() {
        Post post = ScheduledPost.schedule(flow, TOMORROW);
        ScheduledPost.correct(flow, post, "Theirs.");

        assertThat(ScheduledPost.correct(flow, post, "Mine.").content()).isEqualTo("Theirs.");
    }

    @Test
    void all_posts_are_counted() {
        for (int i = 0; i < 3; i++) {
            ScheduledPost.schedule(flow, TOMORROW.plus(Duration.ofDays(i)));
        }

        assertThat(AllPosts.countByStatus(flow)).isEqualTo(Map.of(PostStatus.SCHEDULED, 3));
        assertThat(AllPosts.newestFailure(flow)).isEmpty();
    }

    @Test
    void errors_are_told_apart() {
        UUID channelId = server.developer().sandbox().id();

        assertThat(HandledErrors.create(flow, "Hello", channelId)).startsWith("created ");
        assertThat(HandledErrors.create(flow, "", channelId)).startsWith("#/content: ");
        assertThat(HandledErrors.create(server.client("flow_test_unknown"), "Hello", channelId))
                .isEqualTo("check FLOW_API_KEY");
    }

    @Test
    void a_program_tests_how_it_takes_failures() {
        TestedFailures.expected()
                .forEach((behaviour, told) -> assertThat(TestedFailures.tell(TestedFailures.publish(flow, behaviour)))
                        .as(behaviour.value())
                        .isEqualTo(told));
    }

    @Test
    void a_program_that_starts_again_creates_once() {
        UUID channelId = server.developer().sandbox().id();
        Post first = CreateOnce.announce(flow, channelId, "4711");

        Post again = CreateOnce.announce(server.client(), channelId, "4711");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(flow.posts().listPostsAll()).hasSize(1);
    }

    @Test
    void both_api_keys_work_while_one_replaces_the_other() {
        CreatedApiKey fresh = RolledApiKey.roll(flow);

        assertThat(server.client(fresh.secret()).caller().getCaller().apiKey().id())
                .isEqualTo(fresh.id());
        assertThat(flow.caller().getCaller().apiKey().id()).isNotEqualTo(fresh.id());
    }

    @Test
    void a_webhook_receives_what_has_been_published() throws Exception {
        WebhookWithSecret webhook = flow.webhooks()
                .createWebhook(CreateWebhookRequest.builder()
                        .url("http://localhost:1/flow")
                        .addEvents("post.published")
                        .build());
        BlockingQueue<Event> received = new LinkedBlockingQueue<>();
        HttpServer receiver = new ReceiveWebhook(webhook.secret(), received::add).listen(0);
        try {
            String url = "http://localhost:" + receiver.getAddress().getPort() + "/flow";
            flow.webhooks()
                    .updateWebhook(
                            webhook.id(),
                            UpdateWebhookRequest.builder().url(url).build());

            UUID channelId = server.developer().sandbox().id();
            Post post = CreateOnce.announce(flow, channelId, "4711");

            Event event = received.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            assertThat(event.type()).isEqualTo(EventType.POST_PUBLISHED);
            assertThat(event.data().post().id()).isEqualTo(post.id());
        } finally {
            receiver.stop(0);
        }
    }
}
