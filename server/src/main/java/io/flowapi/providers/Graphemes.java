package io.flowapi.providers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what a reader sees as one character as one, such as a family of four or a letter with three accents. */
public final class Graphemes {

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Graphemes() {}

    public static int count(String text) {
        Matcher matcher = GRAPHEME.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
