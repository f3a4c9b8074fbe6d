package io.flowapi.providers.mastodon;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a text that was sent with the HTML that an instance made of it. White space is left out, since paragraphs and
 * lines become elements; of a mention only the local part is shown.
 */
final class ShownText {

    /** What ends a line of its own; a mention at the end of one and the next one's beginning are not one word. */
    private static final Pattern LINE = Pattern.compile("(?i)</?(?:p|br|div|li|ul|ol|blockquote|pre|h[1-6])\\b[^>]*>");

    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[a-z]{2,4});");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    private ShownText() {}

    static boolean same(String sent, String html) {
        String lines = LINE.matcher(html).replaceAll("\n");
        String shown = ENTITY.matcher(TAG.matcher(lines).replaceAll("")).replaceAll(ShownText::character);
        return sameLetters(Mentions.withoutDomains(sent), Mentions.withoutDomains(shown));
    }

    static boolean sameLetters(String one, String other) {
        return SPACE.matcher(one).replaceAll("").equals(SPACE.matcher(other).replaceAll(""));
    }

    private static String character(MatchResult entity) {
        return Matcher.quoteReplacement(character(entity.group(1)));
    }

    private static String character(String entity) {
        if (!entity.startsWith("#")) {
            return NAMED.getOrDefault(entity, "&" + entity + ";");
        }
        boolean hex = entity.charAt(1) == 'x' || entity.charAt(1) == 'X';
        int code = hex ? Integer.parseInt(entity.substring(2), 16) : Integer.parseInt(entity.substring(1));
        return Character.isValidCodePoint(code) ? Character.toString(code) : "&" + entity + ";";
    }
}
