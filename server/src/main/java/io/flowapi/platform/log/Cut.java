package io.flowapi.platform.log;

/** Keeps a line from being as long as somebody else likes. */
final class Cut {

    private Cut() {}

    static String to(int max, String text) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "... (" + text.length() + " characters)";
    }
}
