package io.flowapi.providers.x;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts a text with X's own library, which takes minutes for a long word full of dots, and more stack than there is for a
 * very long link. What it cannot stand is counted without it: such a word is no link, and such a link counts as any other.
 */
final class CountedText {

    /** Every text that is longer, apart from its links, is too long by far: an emoji has at most some ten code points. */
    private static final int LENGTH_MAX = 2_000;

    /** What the library takes with the square of a word's length, for all words together: some milliseconds. */
    private static final long WORK_MAX = 50_000;

    private static final int DOTS_MAX = 20;

    /** To X, what is longer is text. */
    private static final int LINK_MAX = 4_096;

    private static final String ANY_LINK = "https://t.co/0123456789";
    private static final long LINK_WEIGHT = 23;

    /** With a domain that may be one. */
    private static final Pattern LINK = Pattern.compile(
            "(?i)https?://(?:[a-z0-9_-]{1,63}+\\.){1,20}+[a-z][a-z0-9-]{0,62}+(?![!-~&&[^:/?#]])(?:[:/?#][!-~]*+)?");

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
        String outside = WORD.matcher(text).replaceAll(word -> isLink(word.group()) ? "" : "$0");
        return outside.codePointCount(0, outside.length()) > LENGTH_MAX;
    }

    private static boolean isLink(String word) {
        return word.length() <= LINK_MAX && LINK.matcher(word).lookingAt();
    }

    private static String tame(String text) {
        AtomicLong left = new AtomicLong(WORK_MAX);
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(tameWord(word.group(), left)));
    }

    private static String tameWord(String word, AtomicLong left) {
        long dots = word.chars().filter(c -> c == '.').count();
        if (dots == 0) {
            return word;
        }
        long work = (long) word.length() * word.length();
        if (dots <= DOTS_MAX && left.addAndGet(-work) >= 0) {
            return word;
        }
        return tamed(word);
    }

    /** A link is any link, and what else has dots is none. */
    private static String tamed(String word) {
        StringBuilder tamed = new StringBuilder();
        Matcher link = LINK.matcher(word);
        int end = 0;
        while (link.find()) {
            String address = link.group();
            tamed.append(word.substring(end, link.start()).replace('.', ','))
                    .append(address.length() > LINK_MAX ? address.replace('.', ',') : ANY_LINK);
            end = link.end();
        }
        return tamed.append(word.substring(end).replace('.', ',')).toString();
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
