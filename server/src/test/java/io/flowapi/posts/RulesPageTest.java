package io.flowapi.posts;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.FakeLinkedIn;
import io.flowapi.testing.FakeMastodon;
import io.flowapi.testing.FakeX;
import io.flowapi.testing.Flow;
import io.flowapi.testing.HangingPds;
import io.flowapi.testing.TestCaller;
import io.flowapi.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds docs/rules.md to the rules, and every example on it to what the API says of such a post. */
@Tag("one-database")
class RulesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "rules.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^- (passes|fails with ([0-9]+)): `(.+)`$");
    private static final Pattern TERM = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\")(?: \\* ([0-9]+))?");
    private static final String WITH = " with options ";

    private static final FakeX X = new FakeX();
    private static final FakeLinkedIn LINKEDIN = new FakeLinkedIn(new TestClock());

    @RegisterExtension
    static final Flow flow = new Flow(Map.of(
            "FLOW_X_API_URL", X.url().toString(),
            "FLOW_LINKEDIN_API_URL", LINKEDIN.url().toString()));

    private static final Map<Provider, String> CHANNELS = new EnumMap<>(Provider.class);
    private static TestCaller alice;
    private static FakeMastodon mastodon;
    private static HangingPds bluesky;

    @BeforeAll
    static void connect() {
        alice = flow.user().key(Mode.LIVE);
        mastodon = new FakeMastodon(flow.clock());
        bluesky = HangingPds.start();
        CHANNELS.put(Provider.SANDBOX, alice.channel());
        CHANNELS.put(
                Provider.BLUESKY,
                connect("bluesky", Map.of("service", bluesky.url(), "identifier", "a.test", "appPassword", "any")));
        CHANNELS.put(
                Provider.MASTODON,
                connect(
                        "mastodon",
                        Map.of("instanceUrl", mastodon.url().toString(), "accessToken", FakeMastodon.TOKEN)));
        CHANNELS.put(Provider.X, connect("x", Map.of("accessToken", FakeX.TOKEN)));
        CHANNELS.put(Provider.LINKEDIN, connect("linkedin", Map.of("accessToken", FakeLinkedIn.TOKEN)));
    }

    private static String connect(String provider, Map<String, String> credentials) {
        return alice.post(
                        "/v1/channels",
                        Json.text(Map.of("name", provider, "provider", provider, "credentials", credentials)))
                .created();
    }

    @AfterAll
    static void close() {
        mastodon.close();
        bluesky.close();
        X.close();
        LINKEDIN.close();
    }

    /** A rule as the API shows it, and a channel that has it. */
    private record Shown(String channel, JsonNode rule) {

        String id() {
            return rule.path("id").asText();
        }

        boolean refuses() {
            return rule.path("severity").asText().equals("error");
        }

        /** Its place on the page, without examples. */
        String written() {
            String most = rule.has("limit") ? "at most " + rule.path("limit").asText() : "no";
            return """
                    ## %s

                    %s

                    - severity: %s
                    - counted: %s in %s, %s
                    - what to do: %s
                    """.formatted(
                    id(),
                    rule.path("description").asText(),
                    rule.path("severity").asText(),
                    rule.path("unit").asText(),
                    rule.has("option") ? "`options." + rule.path("option").asText() + "`" : "the text",
                    most,
                    rule.path("remediation").asText());
        }
    }

    private static List<Shown> rules() {
        List<Shown> rules = new ArrayList<>();
        CHANNELS.values()
                .forEach(channel -> alice.get("/v1/channels/" + channel + "/rules")
                        .ok()
                        .path("rules")
                        .forEach(rule -> rules.add(new Shown(channel, rule))));
        return rules;
    }

    /** @param text what follows {@code passes: } or {@code fails with 501: } */
    private record Example(boolean passes, long actual, String text, String options) {

        static Example of(MatchResult line) {
            String[] parts = line.group(3).split(WITH, 2);
            String text = TERM.matcher(parts[0])
                    .results()
                    .map(term -> Json.tree(term.group(1))
                            .textValue()
                            .repeat(term.group(2) == null ? 1 : Integer.parseInt(term.group(2))))
                    .collect(joining());
            boolean passes = line.group(2) == null;
            return new Example(
                    passes, passes ? 0 : Long.parseLong(line.group(2)), text, parts.length == 1 ? "" : parts[1]);
        }

        String post(String channel) {
            ObjectNode post = (ObjectNode) Json.tree(TestCaller.postJson(channel, text, "\"publishNow\":true"));
            if (!options.isEmpty()) {
                ((ObjectNode) post.at("/targets/0")).set("options", Json.tree(options));
            }
            return post.toString();
        }
    }

    /** The examples of each rule, as they are written. */
    private static Map<String, List<MatchResult>> examples() throws IOException {
        return Stream.of(Files.readString(PAGE).split("\n## "))
                .skip(1)
                .collect(toMap(
                        section -> section.lines().findFirst().orElseThrow(),
                        section -> EXAMPLE.matcher(section).results().toList()));
    }

    @Test
    void every_network_is_asked() {
        assertThat(CHANNELS.keySet()).containsExactlyInAnyOrder(Provider.values());
    }

    @Test
    void the_page_is_made_from_the_rules() throws IOException {
        String written = Files.readString(PAGE);
        Map<String, List<MatchResult>> examples = examples();
        String expected = written.substring(0, written.indexOf("\n## "))
                + rules().stream()
                        .map(rule -> "\n" + rule.written()
                                + examples.getOrDefault(rule.id(), List.of()).stream()
                                        .map(example -> example.group() + "\n")
                                        .collect(joining()))
                        .collect(joining());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/rules.md (-Dgolden.update=true rewrites all but its examples)")
                .isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> every_example_is_true() throws IOException {
        Map<String, List<MatchResult>> examples = examples();
        return rules().stream()
                .map(rule -> dynamicTest(rule.id(), () -> {
                    List<Example> ofRule =
                            examples.get(rule.id()).stream().map(Example::of).toList();
                    assertThat(ofRule).extracting(Example::passes).contains(true, false);
                    ofRule.forEach(example -> isTrue(rule, example));
                }));
    }

    private static void isTrue(Shown rule, Example example) {
        String post = example.post(rule.channel());
        JsonNode told = alice.post("/v1/posts/validate", post).ok().at("/targets/0");
        List<JsonNode> broken = of(rule, told.path(rule.refuses() ? "violations" : "warnings"));
        if (example.passes()) {
            assertThat(broken).isEmpty();
            alice.post("/v1/posts", post).created();
            return;
        }
        assertThat(broken).hasSize(1);
        assertThat(broken.getFirst().path("detail").asText())
                .startsWith(rule.rule().path("description").asText())
                .endsWith(rule.rule().path("remediation").asText());
        if (!rule.refuses()) {
            alice.post("/v1/posts", post).created();
            return;
        }
        List<JsonNode> refused =
                of(rule, alice.post("/v1/posts", post).expect(422).body().path("errors"));
        assertThat(refused).isEqualTo(broken);
        assertThat(refused.getFirst().path("limit")).isEqualTo(rule.rule().path("limit"));
        assertThat(refused.getFirst().path("actual").asLong()).isEqualTo(example.actual());
    }

    private static List<JsonNode> of(Shown rule, JsonNode told) {
        List<JsonNode> found = new ArrayList<>();
        told.forEach(one -> {
            if (one.path("code").asText().equals(rule.id())) {
                found.add(one);
            }
        });
        return found;
    }
}
