package io.flowapi.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test needs an installation that has no user yet. */
class FirstUserTest {

    private final Flow flow = new Flow();

    @BeforeEach
    void start() {
        flow.start();
    }

    @AfterEach
    void stop() {
        flow.stop();
    }

    @Test
    void can_publish_a_first_post_with_what_it_was_given() {
        FirstUser first = FirstUser.create(flow.installation()).orElseThrow();
        TestCaller developer = flow.nobody().withKey(first.testKey());

        String post = developer.publishNow(first.sandbox().id().toString(), "Hello from Flow");
        flow.runDueJobs();

        assertThat(developer.getPost(post).path("status").asText()).isEqualTo("published");
        Answer live = flow.nobody().withKey(first.liveKey()).get("/v1/me");
        assertThat(live.expect(200).text("apiKey/mode")).isEqualTo("live");
        assertThat(live.text("user/name")).isEqualTo("developer");
    }

    @Test
    void is_made_once() {
        FirstUser.create(flow.installation()).orElseThrow();

        Optional<FirstUser> second = FirstUser.create(flow.installation());

        assertThat(second).isEmpty();
        assertThat(users()).containsExactly("developer");
    }

    @Test
    void is_not_made_where_somebody_is_already() {
        String alice = flow.user().account().name();

        Optional<FirstUser> first = FirstUser.create(flow.installation());

        assertThat(first).isEmpty();
        assertThat(users()).containsExactly(alice);
    }

    @Test
    void is_made_once_by_servers_that_start_at_the_same_moment() throws InterruptedException, ExecutionException {
        List<Optional<FirstUser>> made = new ArrayList<>();
        try (ExecutorService servers = Executors.newFixedThreadPool(8)) {
            Callable<Optional<FirstUser>> start = () -> FirstUser.create(flow.installation());
            for (Future<Optional<FirstUser>> one :
                    servers.invokeAll(List.of(start, start, start, start, start, start))) {
                made.add(one.get());
            }
        }

        assertThat(made).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(users()).containsExactly("developer");
    }

    @Test
    void its_text_shows_no_key() {
        FirstUser first = FirstUser.create(flow.installation()).orElseThrow();

        assertThat(first.toString()).doesNotContain("flow_");
    }

    private List<String> users() {
        return flow
                .installation()
                .database()
                .read(tx -> flow.installation().users().list(tx))
                .stream()
                .map(user -> user.name())
                .toList();
    }
}
