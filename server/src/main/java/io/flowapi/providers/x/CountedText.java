package io.flowapi.providers.x;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParser;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts a text with X's own library, which takes minutes for a long word full of dots, and more stack than there is for a
 * very long link. What it cannot stand is counted without it: such a word is no link, and such a link counts as any other.
 */
final class CountedText {

    /** Every text that is longer, apart from its links, is too long by far: an emoji has at most some ten code points. */
    private static final int LENGTH_MAX = 2_000;

    private static final int WORD_MAX = 1_000;
    private static final int DOTS_MAX = 20;

    private static final String ANY_LINK = "https://t.co/0123456789";
    private static final long LINK_WEIGHT = 23;

    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Z}]+");

    private CountedText() {}

    /** In X's characters. */
    static long weight(String text) {
        return isLong(text) ? weightByCodePoint(text) : TwitterTextParser.parseTweet(tame(text)).weightedLength;
    }

    static long links(String text) {
        return isLong(text)
                ? WORD.matcher(text)
                        .results()
                        .filter(word -> isLink(word.group()))
                        .count()
                : new Extractor().extractURLs(tame(text)).size();
    }

    private static boolean isLong(String text) {
        long outside = text.length()
                - WORD.matcher(text)
                        .results()
                        .map(word -> word.group())
                        .filter(CountedText::isLink)
                        .mapToLong(String::length)
                        .sum();
        return outside > LENGTH_MAX;
    }

    private static boolean isLink(String word) {
        String begin = word.substring(0, Math.min(word.length(), 8)).toLowerCase(Locale.ROOT);
        return begin.startsWith("http://") || begin.startsWith("https://");
    }

    private static String tame(String text) {
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(tameWord(word.group())));
    }

    private static String tameWord(String word) {
        boolean wild =
                word.length() > WORD_MAX || word.chars().filter(c -> c == '.').count() > DOTS_MAX;
        if (!wild) {
            return word;
        }
        return isLink(word) ? ANY_LINK : word.replace('.', ',');
    }

    private static long weightByCodePoint(String text) {
        String withoutLinks = WORD.matcher(text).replaceAll(word -> isLink(word.group()) ? "" : "$0");
        long links = links(text);
        return links * LINK_WEIGHT
                + withoutLinks.codePoints().mapToLong(CountedText::weight).sum();
    }

    /** The ranges of version 3 of X's configuration. */
    private static long weight(int codePoint) {
        boolean light = codePoint <= 4351
                || codePoint >= 8192 && codePoint <= 8205
                || codePoint >= 8208 && codePoint <= 8223
                || codePoint >= 8242 && codePoint <= 8247;
        return light ? 1 : 2;
    }
}
