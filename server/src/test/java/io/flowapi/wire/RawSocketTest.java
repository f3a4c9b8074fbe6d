package io.flowapi.wire;

import static io.flowapi.testing.SecurityHeaders.hasAlways;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.HttpLimits;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RawExchange;
import io.flowapi.testing.RequestLines;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is written on a connection, no second request is found in what holds one, and each answer is logged once. */
@Tag("one-database")
class RawSocketTest {

    private static final Duration READ_MAX = Duration.ofSeconds(3);

    @RegisterExtension
    static final Flow flow = new Flow(new HttpLimits(1000, 256, READ_MAX, READ_MAX, READ_MAX));

    private final TestCaller alice = flow.caller();
    private final String second = second();
    private final RequestLines lines = RequestLines.open();

    @AfterEach
    void close() {
        lines.close();
    }

    /** The post that would be there if it was ever taken for a request. */
    private String second() {
        String json = TestCaller.postJson(alice.channel(), "smuggled", "");
        return RawCase.head("POST /v1/posts HTTP/1.1", "Content-Length: " + json.length()) + json;
    }

    @TestFactory
    Stream<DynamicTest> one_refusal_and_the_end_or_one_answer() throws Exception {
        List<RawCase> cases = Stream.of(FramingCases.all(), ChunkCases.all(), HeadCases.all())
                .flatMap(List::stream)
                .toList();
        List<RawExchange> exchanges = exchanges(cases);
        List<String> posts = contents();

        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            RawCase sent = cases.get(i);
            RawExchange came = exchanges.get(i);
            tests.add(DynamicTest.dynamicTest(sent.name(), () -> holds(sent, came)));
        }
        tests.add(DynamicTest.dynamicTest(
                "nothing was smuggled", () -> assertThat(posts).isEmpty()));
        return tests.stream();
    }

    /** All at a time: those that the server waits for would be long in coming one after another. */
    private List<RawExchange> exchanges(List<RawCase> cases) throws Exception {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawExchange>> running = cases.stream()
                    .map(sent -> each.submit(() -> RawExchange.of(flow.port(), sent.bytes(alice.key(), second))))
                    .toList();
            List<RawExchange> exchanges = new ArrayList<>();
            for (Future<RawExchange> one : running) {
                exchanges.add(one.get());
            }
            return exchanges;
        }
    }

    private void holds(RawCase sent, RawExchange came) {
        came.answers().stream().filter(answer -> answer.status() != 100).forEach(this::isOurs);
        if (sent.refused()) {
            assertThat(came.answers()).hasSize(1);
            assertThat(came.statuses().getFirst()).isIn(sent.statuses());
            assertThat(came.answers().getFirst().header("Connection")).isEqualTo("close");
            assertThat(came.closed()).isTrue();
        } else {
            assertThat(came.statuses()).isEqualTo(sent.statuses());
        }
    }

    private void isOurs(Answer answer) {
        hasAlways(answer);
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(lines.of(answer)).as("lines in the request log").hasSize(1);
        if (answer.status() >= 400) {
            answer.isProblem(answer.status(), answer.text("code"));
        }
    }

    @Test
    void a_second_request_behind_a_good_one_is_answered_too() {
        TestCaller bob = flow.caller();
        String json = TestCaller.postJson(bob.channel(), "not smuggled", "");
        RawCase two = RawCase.answered(
                "two",
                RawCase.head("GET /v1/me HTTP/1.1")
                        + RawCase.head("POST /v1/posts HTTP/1.1", "Content-Length: " + json.length())
                        + json,
                200,
                201);

        holds(two, RawExchange.of(flow.port(), two.bytes(bob.key(), "")));

        assertThat(contents(bob)).containsExactly("not smuggled");
    }

    private List<String> contents() {
        return contents(alice);
    }

    private static List<String> contents(TestCaller caller) {
        List<String> contents = new ArrayList<>();
        caller.get("/v1/posts?limit=100")
                .ok()
                .path("data")
                .forEach(post -> contents.add(post.path("content").asText()));
        return contents;
    }
}
