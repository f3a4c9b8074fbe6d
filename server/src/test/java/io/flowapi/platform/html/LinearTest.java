package io.flowapi.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps for a text are counted, not timed. */
@Tag("one-database")
class LinearTest {

    /** The states, the letters of a name, and a start that is forgotten. */
    private static final int STEPS_MAX = Progress.values().length + 2;

    private static final int TIMES = 20_000;

    private static final String CHARACTERS = "<<<>>/!-= \"'bix:?";

    private static long steps(String text) {
        TagScanner scanner = new TagScanner();
        scanner.scan(text);
        return scanner.steps();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<b",
                "<b ",
                "</",
                "<x-",
                "<x y='",
                "<x y=\"<",
                "<!--",
                "<!-- <b",
                "<!-- --!",
                "<!---",
                "<!--!>",
                "-!>",
                "<https://",
                "<a:/b",
                "<a:/?b=",
                "a:/?b=c<",
                "<!doctype ",
                "<b>",
                "</b>",
                "<<b>",
                "<script"
            })
    void as_many_steps_for_each_character_however_often_it_stands_there(String piece) {
        String text = piece.repeat(TIMES);

        assertThat(steps(text)).isLessThanOrEqualTo((long) STEPS_MAX * text.length());
        assertThat(steps(text + ">".repeat(TIMES))).isLessThanOrEqualTo((long) STEPS_MAX * (text.length() + TIMES));
    }

    @Test
    void tags_in_tags_in_tags_are_read_once() {
        String text = "<".repeat(TIMES) + "b>".repeat(TIMES);

        assertThat(HtmlTags.remove(text)).isEqualTo(new HtmlTags.Remainder("", 1));
        assertThat(steps(text)).isLessThanOrEqualTo((long) STEPS_MAX * text.length());
    }

    @Test
    void a_name_that_is_continued_after_each_tag_is_not_read_again_and_again() {
        String text = "<scrip" + "<b>".repeat(TIMES) + "t>" + "<s<i>pan>".repeat(TIMES);

        assertThat(HtmlTags.remove(text).text()).isEmpty();
        assertThat(steps(text)).isLessThanOrEqualTo((long) STEPS_MAX * text.length());
    }

    @Test
    void the_steps_of_any_text_are_bounded_by_its_length() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }

            assertThat(steps(text.toString())).as("seed " + seed).isLessThanOrEqualTo((long) STEPS_MAX * text.length());
        }
    }
}
