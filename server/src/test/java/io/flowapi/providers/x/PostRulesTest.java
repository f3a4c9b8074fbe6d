package io.flowapi.providers.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.Warning;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Content;
import io.flowapi.providers.Rule;
import io.flowapi.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What X takes of a text, held to the cases of twitter-text where these are at hand. */
@Tag("one-database")
class PostRulesTest {

    private static final Rule.Place PLACE = new Rule.Place("/content", "/targets/0/options");
    private static final UUID ID = new UUID(0, 0);

    private static List<String> broken(String text) {
        return Rule.violations(PostRules.RULES, new Content(ID, ID, text, null), PLACE).stream()
                .map(FieldError::code)
                .toList();
    }

    private static List<String> warned(String text, String options) {
        TargetOptions read = options.isEmpty() ? null : Json.bind(Json.tree(options), TargetOptions.class);
        return Rule.warnings(PostRules.RULES, new Content(ID, ID, text, read), PLACE).stream()
                .map(Warning::code)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Hello, 5",
        "日本語, 6",
        "👋, 2",
        "👨‍👩‍👧‍👦, 2",
        "café, 4",
        "see https://example.com/a-very-long-address-that-is-longer-than-its-own-weight ok, 30",
        "example.com, 23"
    })
    void a_text_weighs_what_x_says(String text, long weight) {
        assertThat(PostRules.weight(text)).isEqualTo(weight);
    }

    /** Each stopped X's library for minutes, or ran out of stack in it. */
    @ParameterizedTest
    @CsvSource({
        "a., 5000, 10000",
        "a.b-, 2500, 10000",
        "a.com/, 1600, 9600",
        "日.com, 2000, 10000",
        "'a.aa.aa.aa.aa.aa.aa.aa.a ', 400, 10000",
        "'aaaaaaaaaaaa-b-b-b-b-b-b-b-b-b-b-b-b-b-b-b-b-b-b-b.coo ', 180, 9900"
    })
    @Timeout(20)
    void a_text_that_no_counting_stands_is_counted_all_the_same(String part, int times, long least) {
        assertThat(PostRules.weight(part.repeat(times))).isGreaterThanOrEqualTo(least);
        assertThat(PostRules.links(part.repeat(times))).isZero();
    }

    @Test
    @Timeout(20)
    void a_link_of_any_form_counts_as_one() {
        String hyphens = "http://a-" + "b-".repeat(480) + ".co ";
        assertThat(PostRules.weight(hyphens.repeat(10))).isGreaterThan(9_000);
        for (String path : List.of("a".repeat(4_000), "a(b)".repeat(1_000), "a.".repeat(2_000))) {
            assertThat(PostRules.weight("See http://a.com/" + path)).isEqualTo(27);
            assertThat(PostRules.links("See http://a.com/" + path)).isEqualTo(1);
        }
    }

    @Test
    void the_limit_is_280_however_it_is_made() {
        assertThat(broken("a".repeat(280))).isEmpty();
        assertThat(broken("a".repeat(281))).containsExactly("x.post.weighted_characters");
        assertThat(broken("語".repeat(140))).isEmpty();
        assertThat(broken("語".repeat(141))).containsExactly("x.post.weighted_characters");
        assertThat(broken("a".repeat(256) + " https://example.com/" + "b".repeat(200)))
                .isEmpty();
        assertThat(broken("a".repeat(257) + " https://example.com/" + "b".repeat(200)))
                .containsExactly("x.post.weighted_characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u200D\u200E \n", "\u00A0\u3000"})
    void there_must_be_something_to_see(String text) {
        assertThat(broken(text)).containsExactly("x.post.empty");
        assertThat(broken(text + ".")).isEmpty();
    }

    @Test
    void characters_that_are_none_are_refused() {
        assertThat(broken("a\uFFFEb\uFEFF")).containsExactly("x.post.invalid_characters");
        assertThat(broken("a\u202Ab")).isEmpty();
    }

    @Test
    void one_cashtag_is_taken_and_a_price_is_none() {
        assertThat(broken("$ABC is up, for $5 and 3$")).isEmpty();
        assertThat(broken("$ABC and $XYZ")).containsExactly("x.post.cashtags");
        assertThat(broken("$ABC and $ABC again")).containsExactly("x.post.cashtags");
    }

    @Test
    void all_that_is_broken_is_told() {
        assertThat(broken("$ABC $XYZ \uFFFE" + "a".repeat(280)))
                .containsExactlyInAnyOrder(
                        "x.post.weighted_characters", "x.post.invalid_characters", "x.post.cashtags");
    }

    @Test
    void links_and_replies_are_warned_of() {
        assertThat(warned("plain", "")).isEmpty();
        assertThat(warned("see example.com", "")).containsExactly("x.post.url_price");
        assertThat(warned("thanks", "{\"inReplyToPostId\":\"1\"}")).containsExactly("x.post.reply_summoned");
        assertThat(warned("thanks", "{\"madeWithAi\":true}")).isEmpty();
    }

    /**
     * What does not apply: WeightedTweetsCounterTest counts emoji as X did before 2018; tweets, usernames, lists, hashtags and
     * urls are of the limit of 140 or of what we leave to X.
     */
    @TestFactory
    Stream<DynamicTest> it_weighs_as_x_does() {
        JsonNode tests = cases("validate.yml");
        return Stream.of("WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest")
                .flatMap(group -> each(tests.path(group)))
                .map(test -> DynamicTest.dynamicTest(test.path("description").asText(), () -> {
                    String text = test.path("text").asText();
                    assertThat(PostRules.weight(text))
                            .isEqualTo(test.at("/expected/weightedLength").asLong());
                    assertThat(broken(text).isEmpty())
                            .isEqualTo(test.at("/expected/valid").asBoolean());
                }));
    }

    /** The rest of what is extracted is of no rule. */
    @TestFactory
    Stream<DynamicTest> it_finds_cashtags_and_links_as_x_does() {
        JsonNode tests = cases("extract.yml");
        return Stream.concat(
                each(tests.path("cashtags"))
                        .map(test -> DynamicTest.dynamicTest(
                                test.path("description").asText(),
                                () -> assertThat(PostRules.cashtags(
                                                test.path("text").asText()))
                                        .isEqualTo(test.path("expected").size()))),
                each(tests.path("urls"))
                        .map(test -> DynamicTest.dynamicTest(
                                test.path("description").asText(),
                                () -> assertThat(PostRules.links(
                                                test.path("text").asText()))
                                        .isEqualTo(test.path("expected").size()))));
    }

    private static Stream<JsonNode> each(JsonNode tests) {
        assertThat(tests).isNotEmpty();
        return StreamSupport.stream(tests.spliterator(), false);
    }

    private static JsonNode cases(String name) {
        Path file = TestData.file("twitter-text/" + name).orElse(null);
        if (file == null) {
            System.out.println("note: skipped, because twitter-text/" + name + " is not at hand (FLOW_TEST_DATA)");
        }
        assumeTrue(file != null, "the cases of twitter-text are not at hand");
        try {
            return new YAMLMapper().readTree(file.toFile()).path("tests");
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
