package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Await;
import io.flowapi.testing.RawExchange;
import io.flowapi.testing.TestClock;
import io.flowapi.testing.Wire;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A full server says so at once, to everybody but probes. */
@Tag("one-database")
class ConnectionLimitsTest {

    private static final int CONNECTIONS = 3;
    private static final int REQUESTS = 2;
    /** How many are told that it is full; the next is told nothing. */
    private static final int TOLD = 64;

    private static final Duration READ_MAX = Duration.ofMillis(300);
    private static final Duration WRITE_MAX = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String WORK = "GET /work HTTP/1.1";
    private static final String HELD = "GET /held HTTP/1.1";
    private static final String PROBE = "GET /health/liveness HTTP/1.1";

    private final CountDownLatch working = new CountDownLatch(REQUESTS);
    private final Semaphore holding = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private Connections connections;
    private WebServer server;

    private record Answered(Object body) implements Reply {
        @Override
        public int status() {
            return 200;
        }
    }

    @BeforeEach
    void start() {
        start(READ_MAX);
    }

    private void start(Duration readMax) {
        connections = new Connections(new HttpLimits(CONNECTIONS, REQUESTS, readMax, LONG, WRITE_MAX));
        List<Operation> operations = List.of(
                operation("/health/liveness", false, () -> Map.of("status", "ok")),
                operation("/held", false, () -> {
                    holding.release();
                    await(released);
                    return Map.of();
                }),
                operation("/quick", true, () -> Map.of()),
                operation("/large", true, () -> Map.of("large", "x".repeat(50_000_000))),
                operation("/work", true, () -> {
                    working.countDown();
                    await(released);
                    return Map.of();
                }));
        TestClock clock = new TestClock();
        Replies replies = new Replies(() -> "http://flow.test");
        server = HttpListener.on(
                        new HttpListener.Address("127.0.0.1", 0),
                        new AnswerHeaders(false, new CorsOrigins(false, Set.of())),
                        new ClientAddress(List.of()),
                        replies,
                        new Routes(List.of(), replies, operations),
                        connections,
                        new RequestWatch(clock, new RequestMeters(new Metrics(clock)), FaultReports.none()))
                .start();
    }

    private static Operation operation(String path, boolean key, java.util.function.Supplier<Object> body) {
        return new Operation(path, "GET", path, false, key, null, null, (_, _) -> new Answered(body.get()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    @AfterEach
    void stop() throws IOException {
        released.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private Socket send(String... lines) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        sockets.add(socket);
        if (lines.length > 0) {
            socket.getOutputStream().write(Wire.head(lines[0]));
        }
        return socket;
    }

    private void fillWithWork() throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            send(WORK);
        }
        await(working);
    }

    /** None of them is between two requests. */
    private void fillWithConnections() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            send(HELD);
        }
        holding.acquireUninterruptibly(CONNECTIONS);
    }

    @Test
    void refuses_work_over_the_limit_at_once_and_answers_probes() throws IOException {
        fillWithWork();

        Socket third = send("GET /quick HTTP/1.1");

        Answer refused = RawExchange.one(third);
        refused.isProblem(503, "overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Connection")).isEqualTo("keep-alive");
        third.getOutputStream().write(Wire.head(PROBE));
        RawExchange.one(third).expect(200);
        released.countDown();
        for (Socket worked : sockets.subList(0, REQUESTS)) {
            RawExchange.one(worked).expect(200);
        }
        third.getOutputStream().write(Wire.head("GET /quick HTTP/1.1"));
        RawExchange.one(third).expect(200);
    }

    @Test
    void tells_a_connection_over_the_limit_and_closes_it_and_answers_probes_on_it() throws IOException {
        fillWithConnections();

        Answer refused = RawExchange.rest(send("GET /quick HTTP/1.1")).answers().getFirst();
        RawExchange probe = RawExchange.rest(send(PROBE));

        refused.isProblem(503, "overloaded");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Connection")).isEqualTo("close");
        assertThat(probe.statuses()).containsExactly(200);
        assertThat(probe.closed()).isTrue();
    }

    @Test
    void a_connection_that_is_kept_for_later_gives_way() throws IOException {
        Socket silent = send();
        Await.within(SOON, () -> connections.idle() == 1);
        List<Socket> kept = new ArrayList<>();
        for (int i = 1; i < CONNECTIONS; i++) {
            kept.add(send("GET /quick HTTP/1.1"));
            RawExchange.one(kept.getLast()).expect(200);
        }

        Socket newcomer = send("GET /quick HTTP/1.1");

        Answer answer = RawExchange.one(newcomer).expect(200);
        assertThat(answer.header("Connection")).isEqualTo("keep-alive");
        assertThat(ends(silent)).isTrue();
        for (Socket other : kept) {
            other.getOutputStream().write(Wire.head("GET /quick HTTP/1.1"));
            RawExchange.one(other).expect(200);
        }
    }

    @Test
    void a_connection_over_the_limit_that_says_nothing_goes_soon() throws IOException {
        fillWithConnections();

        assertThat(send().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void hangs_up_at_once_when_even_telling_is_too_much_and_recovers() throws IOException {
        server.stop();
        start(LONG);
        fillWithConnections();
        for (int i = 1; i <= TOLD; i++) {
            int busy = CONNECTIONS + i;
            send().getOutputStream().write('G');
            // Until its first byte is read it would give way to the next.
            Await.within(SOON, () -> connections.busy() == busy);
        }

        assertThat(ends(send())).isTrue();

        released.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.within(SOON, () -> connections.open() == 0);
        RawExchange.one(send("GET /quick HTTP/1.1")).expect(200);
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void works_on_a_request_for_longer_than_one_may_take_to_be_read() throws IOException {
        Socket working = send(WORK);
        Socket slow = send();
        slow.getOutputStream().write('G');

        RawExchange.one(slow).isProblem(408, "request_timeout");
        released.countDown();

        RawExchange.one(working).expect(200);
        working.getOutputStream().write(Wire.head("GET /quick HTTP/1.1"));
        RawExchange.one(working).expect(200);
    }

    @Test
    void a_client_that_does_not_take_its_answer_loses_it_and_holds_nothing() throws IOException {
        Socket socket = send("GET /large HTTP/1.1");

        Await.within(SOON, () -> connections.open() == 1);
        Await.within(SOON, () -> connections.open() == 0);

        assertThat(readable(socket)).isLessThan(50_000_000);
    }

    private static long readable(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            return 0;
        }
    }
}
