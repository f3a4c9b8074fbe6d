package io.flowapi.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are no JSON, or not announced as such. */
class BadBodyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static final String CHANNEL = "{\"name\":\"Sandbox\",\"provider\":\"sandbox\"}";

    static Stream<Arguments> noJson() {
        return Stream.of(
                argumentSet("cut off", bytes("{\"name\":\"Sandbox\"")),
                argumentSet("only white space", bytes(" \n")),
                argumentSet("no JSON", bytes("name=Sandbox&provider=sandbox")),
                argumentSet("a comment", bytes("/* new */" + CHANNEL)),
                argumentSet("single quotes", bytes("{'name':'Sandbox','provider':'sandbox'}")),
                argumentSet("NaN", bytes("{\"name\":NaN,\"provider\":\"sandbox\"}")),
                argumentSet("a duplicate key", bytes("{\"name\":\"A\",\"name\":\"B\",\"provider\":\"sandbox\"}")),
                argumentSet("a second value", bytes(CHANNEL + CHANNEL)),
                argumentSet("a trailing token", bytes(CHANNEL + "]")),
                argumentSet("nested too deep", bytes("[".repeat(33) + "]".repeat(33))),
                argumentSet("nested far too deep", bytes("[".repeat(100_000))),
                argumentSet("a number of 10,000 digits", bytes("{\"name\":" + "1".repeat(10_000) + "}")),
                argumentSet("a byte order mark", bytes("\uFEFF" + CHANNEL)),
                argumentSet("UTF-16", CHANNEL.getBytes(UTF_16)),
                argumentSet("ISO-8859-1", CHANNEL.replace("Sandbox", "Café").getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @MethodSource("noJson")
    void refuses_what_is_not_one_json_value_in_utf_8(byte[] body) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/channels", body));

        answer.isProblem(400, "malformed_json", "# malformed");
    }

    @Test
    void refuses_an_empty_body() {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.post("/v1/channels", ""));

        answer.isProblem(400, "malformed_json", "# required");
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void refuses_another_content_type_and_says_which_it_takes(String[] headers) {
        TestCaller alice = flow.caller();

        Answer answer = flow.unchanged(() -> alice.send("POST", "/v1/channels", bytes(CHANNEL), headers));

        answer.isProblem(415, "unsupported_media_type");
        assertThat(answer.header("Accept")).isEqualTo("application/json");
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                argumentSet("none", (Object) new String[0]),
                argumentSet("text", (Object) new String[] {"Content-Type", "text/plain"}),
                argumentSet("a form", (Object) new String[] {"Content-Type", "application/x-www-form-urlencoded"}),
                argumentSet("a patch", (Object) new String[] {"Content-Type", "application/merge-patch+json"}),
                argumentSet("XML", (Object) new String[] {"Content-Type", "application/xml"}),
                argumentSet("no media type", (Object) new String[] {"Content-Type", "json"}));
    }

    @ParameterizedTest
    @MethodSource("jsonTypes")
    void takes_json_with_the_parameters_clients_send(String type) {
        TestCaller alice = flow.caller();

        Answer answer = alice.send("POST", "/v1/channels", bytes(CHANNEL), "Content-Type", type);

        answer.expect(201);
    }

    static Stream<String> jsonTypes() {
        return Stream.of("application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON");
    }

    @Test
    void unpacks_no_compressed_body() throws IOException {
        TestCaller alice = flow.caller();
        byte[] bomb = gzip(bytes("{\"name\":\"" + "a".repeat(2_000_000) + "\",\"provider\":\"sandbox\"}"));

        Answer answer = flow.unchanged(() -> alice.send(
                "POST", "/v1/channels", bomb, "Content-Type", "application/json", "Content-Encoding", "gzip"));

        assertThat(answer.status()).as(answer.text()).isIn(400, 413, 415);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
