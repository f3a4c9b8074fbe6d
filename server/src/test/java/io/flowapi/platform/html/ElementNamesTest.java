package io.flowapi.platform.html;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsoup.parser.TagSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class ElementNamesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/element-names.txt");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b blockquote canvas dialog h1 h6 hgroup img picture script search slot template var wbr",
                "acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen listing",
                "marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rbc rtc spacer strike tt xmp",
                "command content element shadow fencedframe geolocation portal selectedcontent",
                "svg g feBlend foreignObject linearGradient tref altGlyph animateColor",
                "animation handler prefetch tbreak solidColor hatch hatchpath mesh meshgradient meshpatch meshrow unknown",
                "math mi mfrac mlabeledtr none semantics annotation mscarries",
                "apply bind bvar ci cn csymbol cs cbytes cerror share sep lambda matrix matrixrow vector piecewise",
                "domainOfApplication declare reln fn interval condition otherwise eulergamma true false and or not in"
            })
    void all_of_these_are_elements(String names) {
        assertThat(names.split(" ")).allMatch(ElementNames::has);
    }

    @Test
    void words_that_never_were_elements_are_not() {
        assertThat("string integer boolean t k v e name user date number function key enter string3 h7 lin\u212a"
                        .split(" "))
                .noneMatch(ElementNames::has);
    }

    /** A jsoup with other names shows itself in the file. */
    @Test
    void the_names_are_those_of_the_golden_file() throws Exception {
        TreeSet<String> names = new TreeSet<>(ElementNames.BEYOND_JSOUP);
        names.addAll(knownToJsoup());
        assertThat(names).allMatch(ElementNames::has);
        // One line for each first letter.
        String expected =
                names.stream().collect(groupingBy(name -> name.charAt(0), TreeMap::new, joining(" "))).values().stream()
                        .collect(joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, expected);
        }

        assertThat(expected)
                .as("the element names (-Dgolden.update=true rewrites %s)", GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
        assertThat(names).allMatch(name -> name.length() <= ElementNames.LENGTH_MAX);
    }

    /** It answers for one name at a time, and tells nobody all of them. */
    private static TreeSet<String> knownToJsoup() throws ReflectiveOperationException {
        Field set = TagSet.class.getDeclaredField("HtmlTagSet");
        Field tags = TagSet.class.getDeclaredField("tags");
        set.setAccessible(true);
        tags.setAccessible(true);
        TreeSet<String> names = new TreeSet<>();
        for (Object space : ((Map<?, ?>) tags.get(set.get(null))).values()) {
            ((Map<?, ?>) space).keySet().forEach(name -> names.add((String) name));
        }
        // The root of its documents, which no text can name.
        names.remove("#root");
        return names;
    }
}
