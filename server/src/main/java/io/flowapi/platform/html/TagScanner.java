package io.flowapi.platform.html;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads a text once, from left to right, and never looks back. Every {@code <} that may still become a tag is open, and how
 * far it has come depends only on what is kept before it and after it. All that have come equally far end alike, so of each
 * {@link Progress} the first is enough to know; that makes the work for a character the same however many are open.
 *
 * <p>When a tag ends, it is cut off, and everything is again as it was at its {@code <}: what was open there goes on with
 * what follows the tag.
 */
final class TagScanner {

    private static final int NONE = Integer.MAX_VALUE;
    private static final Progress[] STAGES = Progress.values();

    private final StringBuilder kept = new StringBuilder();
    private final Deque<Start> starts = new ArrayDeque<>();
    private int[] firstOpen = nothingOpen();
    private int removed;
    private long steps;

    /** How things stood at a {@code <} that is kept. */
    private record Start(int position, int[] firstOpen, int removed) {}

    HtmlTags.Remainder scan(String text) {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i));
        }
        return new HtmlTags.Remainder(kept.toString(), removed);
    }

    /** What the work is measured by: states that were looked at, and characters that were read. */
    long steps() {
        return steps;
    }

    private void read(char next) {
        int[] open = nothingOpen();
        int ended = NONE;
        for (Progress stage : STAGES) {
            int first = firstOpen[stage.ordinal()];
            if (first != NONE) {
                Progress reached = after(stage, first, next);
                if (reached == Progress.ENDED) {
                    ended = Math.min(ended, first);
                } else if (reached != Progress.TEXT) {
                    open[reached.ordinal()] = Math.min(open[reached.ordinal()], first);
                }
            }
            steps++;
        }
        if (ended != NONE) {
            cutOff(ended);
        } else {
            keep(next, open);
        }
    }

    private Progress after(Progress stage, int first, char next) {
        if (stage == Progress.DECLARATION) {
            return Doctype.after(kept.length() - first - Doctype.PREFIX, next);
        }
        boolean element = stage == Progress.NAME && Progress.endsName(next) && isElement(first);
        return element ? Progress.ELEMENT.after(next) : stage.after(next);
    }

    /** The name that stands between this {@code <} and the end. No other {@code <} is in it, so each is read once. */
    private boolean isElement(int first) {
        int from = kept.charAt(first + 1) == '/' ? first + 2 : first + 1;
        int length = kept.length() - from;
        if (length > ElementNames.LENGTH_MAX) {
            return false;
        }
        steps += length;
        return ElementNames.has(kept.substring(from));
    }

    private void cutOff(int from) {
        Start start = starts.pop();
        while (start.position > from) {
            steps++;
            start = starts.pop();
        }
        kept.setLength(from);
        firstOpen = start.firstOpen;
        removed = start.removed + 1;
    }

    private void keep(char next, int[] open) {
        if (next == '<') {
            starts.push(new Start(kept.length(), firstOpen, removed));
            open[Progress.OPENED.ordinal()] = kept.length();
        }
        kept.append(next);
        firstOpen = open;
    }

    private static int[] nothingOpen() {
        int[] none = new int[STAGES.length];
        Arrays.fill(none, NONE);
        return none;
    }
}
