package io.flowapi.providers.bluesky;

import io.flowapi.providers.Graphemes;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the network's own clients make clickable, by nearly their rules. */
final class SpanFinder {

    private static final int TAG_GRAPHEMES_MAX = 64;
    private static final int TAG_BYTES_MAX = 640;
    private static final int HANDLE_LENGTH_MAX = 253;

    /** Direction marks and the like, but not the joiners that are part of a character. */
    private static final String INVISIBLE = "\\u00AD\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF";

    /** Links end where a sentence goes on, also in scripts that put no space there. */
    private static final String LINK_CHARACTER = "[^\\s<>\"\\p{Cntrl}" + INVISIBLE + "“”„«»‹›「」『』【】《》〈〉、。，．！？；：（）]";

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** Bounded, because each repetition of a group takes a piece of the stack. */
    private static final String LABELS = "(?:" + LABEL + "\\.){1,30}";

    /** Names without a scheme are links under these only, so that file names such as notes.md are none. */
    private static final String KNOWN_ENDS =
            "com|org|net|edu|gov|int|info|biz|io|dev|app|social|xyz|me|co|ai|blog|news|eu"
                    + "|uk|us|ca|au|nz|de|at|ch|fr|be|nl|es|pt|it|ie|se|no|fi|dk|pl|cz|jp|kr|in|br|mx|ar";

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
    private static final String BEFORE = "(?<=^|[\\s(\\[（「『【“\"'])";

    private static final Pattern URL =
            Pattern.compile("(?<![\\p{IsLatin}\\p{N}_])https?://[\\p{L}\\p{N}\\[]" + LINK_CHARACTER + "*", FLAGS);

    private static final Pattern BARE_DOMAIN = Pattern.compile(
            BEFORE + LABELS + "(?:" + KNOWN_ENDS + ")(?![\\p{L}\\p{N}@_-]|\\.[\\p{L}\\p{N}])(?::[0-9]{1,5})?"
                    + "(?:[/?#]" + LINK_CHARACTER + "*)?",
            FLAGS);

    /** Not addresses of the form @name@server, which are of another network. */
    private static final Pattern MENTION = Pattern.compile(
            BEFORE + "@(" + LABELS + "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\\p{L}\\p{N}@_-]|\\.[\\p{L}\\p{N}])",
            FLAGS);

    private static final String TAG_END = "\\s\\u20E2\\u20E3" + INVISIBLE;

    /** Also with the number sign of East Asian keyboards. */
    private static final Pattern TAG = Pattern.compile(
            "(?<=^|\\s)[#＃](?!\\uFE0F)([^" + TAG_END + "]*[^\\d\\p{P}" + TAG_END + "][^" + TAG_END + "]*)", FLAGS);

    private static final Pattern TAG_PUNCTUATION = Pattern.compile("\\p{P}+$");
    private static final String LINK_PUNCTUATION = ".,;:!?'…";

    private SpanFinder() {}

    /** In the order of the text; no two overlap. */
    static List<Span> find(String text) {
        List<Span> found = new ArrayList<>();
        URL.matcher(text).results().forEach(match -> {
            String url = trimmed(match.group());
            found.add(new Span.Link(match.start(), match.start() + url.length(), url));
        });
        BARE_DOMAIN.matcher(text).results().forEach(match -> {
            String url = trimmed(match.group());
            found.add(new Span.Link(match.start(), match.start() + url.length(), "https://" + url));
        });
        addMentions(text, found);
        addTags(text, found);
        return whole(text, found);
    }

    private static void addMentions(String text, List<Span> found) {
        Matcher matcher = MENTION.matcher(text);
        while (matcher.find()) {
            String handle = matcher.group(1).toLowerCase(Locale.ROOT);
            if (handle.length() <= HANDLE_LENGTH_MAX) {
                found.add(new Span.Mention(matcher.start(), matcher.end(1), handle));
            }
        }
    }

    private static void addTags(String text, List<Span> found) {
        Matcher matcher = TAG.matcher(text);
        while (matcher.find()) {
            String tag = TAG_PUNCTUATION.matcher(matcher.group(1)).replaceFirst("");
            if (!tag.isEmpty()
                    && Graphemes.count(tag) <= TAG_GRAPHEMES_MAX
                    && tag.getBytes(StandardCharsets.UTF_8).length <= TAG_BYTES_MAX) {
                found.add(new Span.Tag(matcher.start(), matcher.start(1) + tag.length(), tag));
            }
        }
    }

    /** Without the punctuation of the sentence, and without a closing bracket that was opened before the link. */
    private static String trimmed(String url) {
        int end = url.length();
        while (end > 0
                && (LINK_PUNCTUATION.indexOf(url.charAt(end - 1)) >= 0 || closesTooMuch(url.substring(0, end)))) {
            end--;
        }
        return url.substring(0, end);
    }

    private static boolean closesTooMuch(String url) {
        return switch (url.charAt(url.length() - 1)) {
            case ')' -> count(url, ')') > count(url, '(');
            case ']' -> count(url, ']') > count(url, '[');
            default -> false;
        };
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** Without those that overlap an earlier one, or would end within what a reader sees as one character. */
    private static List<Span> whole(String text, List<Span> found) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        found.sort(Comparator.comparingInt(Span::start));
        List<Span> kept = new ArrayList<>();
        int end = 0;
        for (Span span : found) {
            if (span.start() >= end && characters.isBoundary(span.start()) && characters.isBoundary(span.end())) {
                kept.add(span);
                end = span.end();
            }
        }
        return kept;
    }
}
