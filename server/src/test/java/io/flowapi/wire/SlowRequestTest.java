package io.flowapi.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.http.HttpLimits;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RawExchange;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends a byte from time to time, or none, is not waited for. */
@Tag("one-database")
class SlowRequestTest {

    private static final Duration READ_MAX = Duration.ofMillis(300);
    private static final Duration IDLE_MAX = Duration.ofMillis(300);
    private static final Duration WRITE_MAX = Duration.ofSeconds(10);
    /** So that there are many bytes in the time of one request. */
    private static final Duration PACE = Duration.ofMillis(10);

    private static final int LONG = 10_000;
    private static final String HEAD = "GET /v1/me HTTP/1.1\r\nHost: flow.test\r\n";

    @RegisterExtension
    static final Flow flow = new Flow(new HttpLimits(100, 100, READ_MAX, IDLE_MAX, WRITE_MAX));

    private final TestCaller alice = flow.caller();

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            the first line      |                                                       | x
            a header name       | GET /v1/me HTTP/1.1; Host: flow.test;                 | x
            a header            | GET /v1/me HTTP/1.1; Host: flow.test; X:              | x
            ever more headers   | GET /v1/me HTTP/1.1; Host: flow.test;                 | X: 1;
            a body              | POST /v1/posts HTTP/1.1; Host: flow.test; Content-Length: 9999;;             | x
            a chunk             | POST /v1/posts HTTP/1.1; Host: flow.test; Transfer-Encoding: chunked;; 2710; | x
            ever more chunks    | POST /v1/posts HTTP/1.1; Host: flow.test; Transfer-Encoding: chunked;;       | 1;x;
            """)
    void a_byte_at_a_time_is_refused_in(String where, String first, String slow) throws IOException {
        String start = first == null ? "GET /" : first.replace("; ", ";").replace(";", "\r\n");
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            socket.getOutputStream().write(start.getBytes(US_ASCII));

            refusedAsTooSlow(socket, slow.replace(";", "\r\n").repeat(LONG / slow.length()));
        }
    }

    @Test
    void a_byte_at_a_time_is_refused_in_a_second_request() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            socket.getOutputStream().write((HEAD + "\r\n").getBytes(US_ASCII));
            RawExchange.one(socket).expect(401);

            refusedAsTooSlow(socket, "GET /" + "x".repeat(LONG));
        }
    }

    @Test
    void the_start_of_a_second_request_that_came_with_the_first_is_not_an_idle_connection() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            socket.getOutputStream().write((HEAD + "\r\n" + HEAD).getBytes(US_ASCII));
            RawExchange.one(socket).expect(401);

            RawExchange.one(socket).isProblem(408, "request_timeout");
        }
    }

    private static void refusedAsTooSlow(Socket socket, String slow) throws IOException {
        int sent = drip(socket, slow);

        assertThat(sent).as("bytes until it was refused").isBetween(2, LONG / 2);
        RawExchange came = RawExchange.rest(socket);
        assertThat(came.answers()).hasSize(1);
        came.answers().getFirst().isProblem(408, "request_timeout");
        assertThat(came.closed()).isTrue();
    }

    /** Sends byte by byte until something comes back; how many it were. */
    private static int drip(Socket socket, String slow) throws IOException {
        int sent = 0;
        while (sent < slow.length() && socket.getInputStream().available() == 0) {
            socket.getOutputStream().write(slow.charAt(sent));
            sent++;
            LockSupport.parkNanos(PACE.toNanos());
        }
        return sent;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HEAD + "\r\n"})
    void a_connection_on_which_nothing_comes_is_closed_without_a_word(String before) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            socket.getOutputStream().write(before.getBytes(US_ASCII));
            if (!before.isEmpty()) {
                RawExchange.one(socket).expect(401);
            }

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void what_nobody_will_read_is_not_waited_for() {
        String announced = "POST /v1/unknown HTTP/1.1\r\nHost: flow.test\r\nContent-Length: 9999\r\n\r\nabc";

        RawExchange came = RawExchange.of(flow.port(), announced.getBytes(US_ASCII));

        came.answers().getFirst().isProblem(404, "route_not_found");
        assertThat(came.closed()).isTrue();
    }

    @Test
    void the_server_goes_on_while_others_are_slow() throws IOException {
        try (Socket slow = new Socket("127.0.0.1", flow.port())) {
            slow.getOutputStream().write(HEAD.getBytes(US_ASCII));

            alice.get("/v1/me").expect(200);
        }
    }
}
