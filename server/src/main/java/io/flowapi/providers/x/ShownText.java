package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares a text that was sent with what X shows of it: each link is one of t.co there, three characters are written as in
 * HTML, and a reply may begin with the names of those who are replied to. All white space is alike, however much it is.
 */
final class ShownText {

    private static final int LINKS_MAX = 50;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)^https?://");
    private static final Pattern LEADING_MENTION = Pattern.compile("^@[A-Za-z0-9_]{1,50}(?:\\s+|$)");
    private static final int MENTIONS_MAX = 50;

    /** Ampersands last: one that was sent as text is not read twice. */
    private static final List<Map.Entry<String, String>> ENTITIES =
            List.of(Map.entry("&lt;", "<"), Map.entry("&gt;", ">"), Map.entry("&amp;", "&"));

    private ShownText() {}

    /** A link as it is shown, and as it may have been sent. */
    private record Link(String shown, List<String> written) {

        static Link of(JsonNode url) {
            String shown = url.path("url").asText("");
            List<String> written = Stream.of(shown, url.path("expanded_url").asText(""), unwound(url))
                    .filter(address -> !address.isEmpty())
                    .flatMap(address ->
                            Stream.of(address, SCHEME.matcher(address).replaceFirst("")))
                    .flatMap(address -> Stream.of(address + "/", address, withoutSlash(address)))
                    .map(ShownText::letters)
                    .distinct()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .toList();
            return new Link(shown, written);
        }

        private static String unwound(JsonNode url) {
            return url.path("unwound_url").asText("");
        }

        private static String withoutSlash(String address) {
            return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        }
    }

    /** @param post as X describes it; what is longer than a usual one is in a member of its own */
    static boolean same(FrozenPost sent, JsonNode post) {
        JsonNode note = post.has("note_post") ? post.path("note_post") : post.path("note_tweet");
        JsonNode whole = note.hasNonNull("text") ? note : post;
        List<Link> links = new ArrayList<>();
        for (JsonNode url : whole.path("entities").path("urls")) {
            if (links.size() < LINKS_MAX && !url.path("url").asText("").isEmpty()) {
                links.add(Link.of(url));
            }
        }
        String shown = whole.path("text").asText("");
        String wanted = letters(sent.text()).strip();
        String rest = shown.strip();
        boolean same = same(wanted, rest, links);
        for (int names = 0; !same && sent.isReply() && names < MENTIONS_MAX; names++) {
            Matcher mention = LEADING_MENTION.matcher(rest);
            if (!mention.find()) {
                return false;
            }
            rest = rest.substring(mention.end());
            same = same(wanted, rest, links);
        }
        return same;
    }

    /** @param sent with single spaces */
    private static boolean same(String sent, String shown, List<Link> links) {
        if (links.isEmpty()) {
            return sent.equals(shownLetters(shown));
        }
        Link link = links.getFirst();
        List<Link> others = links.subList(1, links.size());
        int at = shown.indexOf(link.shown());
        if (at < 0) {
            return same(sent, shown, others);
        }
        String before = shownLetters(shown.substring(0, at));
        if (!sent.startsWith(before)) {
            return false;
        }
        String rest = sent.substring(before.length());
        String shownAfter = shown.substring(at + link.shown().length());
        return link.written().stream()
                .filter(address -> rest.regionMatches(true, 0, address, 0, address.length()))
                .anyMatch(address -> same(rest.substring(address.length()), shownAfter, others));
    }

    private static String shownLetters(String shown) {
        String plain = shown;
        for (Map.Entry<String, String> entity : ENTITIES) {
            plain = plain.replace(entity.getKey(), entity.getValue());
        }
        return letters(plain);
    }

    private static String letters(String text) {
        return SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ");
    }
}
