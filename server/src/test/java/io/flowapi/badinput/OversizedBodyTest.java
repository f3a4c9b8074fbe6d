package io.flowapi.badinput;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies of more than 1 MiB. */
class OversizedBodyTest {

    private static final int LIMIT = 1_048_576;

    @RegisterExtension
    static final Flow flow = new Flow();

    @Test
    void refuses_by_its_announced_length_before_the_body_is_sent() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> Wire.send(flow.port(), head(alice, "Content-Length: " + (LIMIT + 1))));

        answer.isProblem(413, "body_too_large");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void refuses_a_length_that_is_no_number() {
        TestCaller alice = flow.caller();

        Answer answer =
                flow.unchanged(() -> Wire.send(flow.port(), head(alice, "Content-Length: 9223372036854775808")));

        assertThat(answer.status()).as(answer.text()).isIn(400, 413);
    }

    @Test
    void refuses_in_chunks_when_they_are_too_many() {
        TestCaller alice = flow.caller();
        byte[] chunks = chunk(LIMIT / 16 + 1).repeat(16).getBytes(US_ASCII);

        Answer answer = flow.unchanged(() -> Wire.send(flow.port(), head(alice, "Transfer-Encoding: chunked"), chunks));

        answer.isProblem(413, "body_too_large");
    }

    @Test
    void refuses_where_no_body_is_wanted_too() {
        TestCaller alice = flow.caller();
        String draft = alice.draft(alice.channel(), "Hi");

        Answer answer = flow.unchanged(() -> Wire.send(
                flow.port(),
                Wire.head(
                        "POST /v1/posts/" + draft + "/publish HTTP/1.1",
                        "Authorization: Bearer " + alice.key(),
                        "Content-Length: " + (LIMIT + 1))));

        answer.isProblem(413, "body_too_large");
    }

    @Test
    void refuses_before_it_asks_whose_key_it_is() {
        Answer answer =
                Wire.send(flow.port(), Wire.head("POST /v1/channels HTTP/1.1", "Content-Length: " + (LIMIT + 1)));

        answer.isProblem(413, "body_too_large");
    }

    @Test
    void reads_a_body_of_exactly_the_limit() {
        TestCaller alice = flow.caller();
        byte[] json = new byte[LIMIT];
        Arrays.fill(json, (byte) ' ');
        byte[] channel = "{\"name\":\"Sandbox\",\"provider\":\"sandbox\"}".getBytes(US_ASCII);
        System.arraycopy(channel, 0, json, 0, channel.length);

        Answer whole = alice.post("/v1/channels", json);
        Answer inChunks = alice.postInChunks("/v1/channels", json);

        whole.expect(201);
        inChunks.expect(201);
    }

    private static byte[] head(TestCaller caller, String length) {
        return Wire.head(
                "POST /v1/channels HTTP/1.1",
                "Authorization: Bearer " + caller.key(),
                "Content-Type: application/json",
                length);
    }

    private static String chunk(int size) {
        return Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n";
    }
}
