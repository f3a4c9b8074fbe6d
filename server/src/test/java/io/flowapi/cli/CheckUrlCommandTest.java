package io.flowapi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CheckUrlCommandTest {

    private record Run(int exitCode, String out, String err) {}

    @Test
    void eachUrlIsJudgedOnALineOfItsOwn() {
        Run run = run("", "--resolve-to", "93.184.216.34", "https://hooks.example.com/a", "http://hooks.example.com/");

        assertThat(run.out().lines())
                .containsExactly("allow\tok\thttps://hooks.example.com/a", "deny\tscheme\thttp://hooks.example.com/");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void urlsAreReadFromStandardInputWhenNoneIsGiven() {
        Run run = run("https://10.0.0.1/\r\n\nhttps://a.example.com/\nhttps://x/", "--resolve-to", "93.184.216.34");

        assertThat(run.out().lines())
                .containsExactly(
                        "deny\taddress\thttps://10.0.0.1/",
                        "deny\tscheme\t",
                        "allow\tok\thttps://a.example.com/",
                        "deny\tname\thttps://x/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "93.184.216.34,10.0.0.1", "::1", "::ffff:93.184.216.34", "fd00::1,2606:4700::1"})
    void everyGivenAddressMustBePublic(String addresses) {
        assertThat(run("", "--resolve-to", addresses, "https://a.example.com/").out())
                .isEqualTo("deny\taddress\thttps://a.example.com/" + System.lineSeparator());
    }

    @Test
    void literalAddressesAreNotReplacedByTheGivenOnes() {
        assertThat(run("", "--resolve-to", "93.184.216.34", "https://127.0.0.1/")
                        .out())
                .startsWith("deny\taddress\t");
    }

    @Test
    void aUrlCannotBreakTheLine() {
        Run run = run("", "https://a.example.com/\tb\r\nallow\u001b[2K\u2028\u202e");

        assertThat(run.out())
                .isEqualTo("deny\tcharacter\thttps://a.example.com/\\u0009b\\u000d\\u000aallow\\u001b[2K\\u2028\\u202e"
                        + System.lineSeparator());
    }

    @Test
    void jsonHasOneObjectALine() throws Exception {
        Run run = run("", "--json", "--resolve-to", "93.184.216.34", "https://a.example.com/", "https://b.local/\té");

        String[] lines = run.out().split("\\R");
        assertThat(lines).hasSize(2);
        assertThat(lines[0])
                .startsWith("{\"verdict\":\"allow\",\"reason\":\"ok\",\"detail\":\"")
                .endsWith("\"url\":\"https://a.example.com/\"}");
        JsonNode denied = new JsonMapper().readTree(lines[1]);
        assertThat(denied.get("reason").asText()).isEqualTo("character");
        assertThat(denied.get("url").asText()).isEqualTo("https://b.local/\té");
        assertThat(lines[1]).matches("[ -~]+");
    }

    @Test
    void allowedPrivateBlocksAreObeyed() {
        Map<String, String> environment = Map.of("FLOW_ALLOWED_PRIVATE_CIDRS", "10.0.0.0/8,fd00::/8");

        Run run = run(environment, "", "https://10.0.0.1/", "https://[fd00::1]/", "https://192.168.0.1/");

        assertThat(run.out().lines().map(line -> line.split("\t")[0])).containsExactly("allow", "allow", "deny");
    }

    @Test
    void whatCannotBeUnderstoodIsAUsageError() {
        assertThat(run("", "--resolve-to", "nonsense", "https://a.example.com/").exitCode())
                .isEqualTo(2);
        assertThat(run("", "--unknown").exitCode()).isEqualTo(2);
        Run run = run(Map.of("FLOW_ALLOWED_PRIVATE_CIDRS", "10/8"), "", "https://a.example.com/");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("FLOW_ALLOWED_PRIVATE_CIDRS: '10' is not an IP address.");
    }

    private static Run run(String input, String... arguments) {
        return run(Map.of(), input, arguments);
    }

    private static Run run(Map<String, String> environment, String input, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = new CommandLine(new CheckUrlCommand(
                        environment, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
