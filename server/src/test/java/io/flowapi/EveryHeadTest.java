package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RawExchange;
import io.flowapi.testing.TestCaller;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A HEAD is answered like its GET, and nothing of a body comes. */
@Tag("one-database")
class EveryHeadTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> is_the_get_without_its_body() {
        TestCaller caller = flow.caller();
        return each(Documented::isGet, operation -> {
            String target = operation.target(UNKNOWN);
            Answer got = caller.get(target);

            Answer head = caller.send("HEAD", target);

            assertThat(head.status()).isEqualTo(got.status());
            assertThat(head.bytes()).isEmpty();
            assertThat(head.header("Content-Type")).isEqualTo(got.header("Content-Type"));
            assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
            assertThat(head.header("RateLimit-Policy")).isEqualTo(got.header("RateLimit-Policy"));
        });
    }

    @Test
    void a_refusal_below_the_filters_has_no_body_either() {
        byte[] broken =
                "HEAD /v1/me HTTP/1.1\r\nHost: flow.test\r\nno colon\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        String came = RawExchange.text(flow.port(), broken);

        assertThat(came).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
    }
}
