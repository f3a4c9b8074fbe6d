package io.flowapi.providers.linkedin;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LinkedIn's own markup. A reserved character that is not escaped ends the post there, and LinkedIn reports success: all
 * are escaped but those that make a hashtag or a mention.
 */
final class LittleText {

    private static final String RESERVED = "\\|{}@[]()<>#*_~";

    /** A word with a letter in it, after a sign that does not stand inside a word, an entity or an address. */
    private static final String HASHTAG =
            "(?<![\\p{L}\\p{M}\\p{N}_&/=#\uFF03])(?<sign>[#\uFF03])(?<tag>[\\p{N}_]*\\p{L}[\\p{L}\\p{M}\\p{N}_]*+)";

    private static final String MENTION =
            "@\\[(?<name>[^\\[\\]\\n]{1,200})]\\((?<urn>urn:li:(?:person|organization):[A-Za-z0-9_-]{1,100})\\)";

    /** What stands in an address is no hashtag. */
    private static final String ADDRESS =
            "(?<address>(?:https?://|www\\.)\\S+|[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+)++[/?]\\S*)";

    private static final Pattern ELEMENT = Pattern.compile(ADDRESS + "|" + MENTION + "|" + HASHTAG);

    private static final String ESCAPED = "(?:\\\\.|[^\\\\\\[\\](){}|])";

    private static final Pattern WRITTEN = Pattern.compile(
            "\\{hashtag\\|(?<sign>\\\\#|\uFF03)\\|(?<tag>" + ESCAPED + "+)}|@\\[(?<name>" + ESCAPED
                    + "+)]\\((?<urn>[^)]*)\\)|\\\\(?<plain>.)",
            Pattern.DOTALL);

    private LittleText() {}

    /** What is sent, of a text as its author wrote it. */
    static String escape(String text) {
        return replaced(text, LittleText::escaped, LittleText::plain);
    }

    private static String escaped(MatchResult element) {
        if (element.group("name") != null) {
            return "@[" + plain(element.group("name")) + "](" + element.group("urn") + ")";
        }
        return element.group("tag") == null
                ? plain(element.group())
                : "{hashtag|" + plain(element.group("sign")) + "|" + plain(element.group("tag")) + "}";
    }

    private static String plain(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (RESERVED.indexOf(next) >= 0) {
                escaped.append('\\');
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    /** The text that was escaped. */
    static String unescape(String sent) {
        return WRITTEN.matcher(sent).replaceAll(part -> Matcher.quoteReplacement(written(part)));
    }

    private static String written(MatchResult part) {
        if (part.group("plain") != null) {
            return part.group("plain");
        }
        return part.group("name") != null
                ? "@[" + unescape(part.group("name")) + "](" + part.group("urn") + ")"
                : unescape(part.group("sign")) + unescape(part.group("tag"));
    }

    /** What a reader sees: of a mention, its name. */
    static String visible(String text) {
        return replaced(
                text,
                element -> element.group("name") == null ? element.group() : element.group("name"),
                Function.identity());
    }

    /** Looking behind sees one half of a letter that has two. */
    private static boolean insideWord(String text, int start) {
        return start > 0 && Character.isLetterOrDigit(text.codePointBefore(start));
    }

    private static String replaced(
            String text, Function<MatchResult, String> element, Function<String, String> between) {
        StringBuilder result = new StringBuilder(text.length());
        Matcher elements = ELEMENT.matcher(text);
        int end = 0;
        while (elements.find()) {
            if (elements.group("tag") != null && insideWord(text, elements.start())) {
                continue;
            }
            result.append(between.apply(text.substring(end, elements.start())))
                    .append(element.apply(elements.toMatchResult()));
            end = elements.end();
        }
        return result.append(between.apply(text.substring(end))).toString();
    }
}
