package io.flowapi.platform.log;

/** A record for people: its further lines are indented, so that none can pass for a record of its own. */
final class TextLine {

    private static final int TEXT_MAX = 16_384;
    private static final String NEXT_LINE = "\n    ";

    private TextLine() {}

    static String of(String text) {
        String hidden = Cut.to(TEXT_MAX, Secrets.hide(text.strip()));
        StringBuilder line = new StringBuilder();
        hidden.replace("\r\n", "\n").codePoints().forEach(character -> append(character, line));
        return line.toString();
    }

    private static void append(int character, StringBuilder line) {
        if (character == '\n') {
            line.append(NEXT_LINE);
        } else if (character == '\t' || !rulesTheScreen(character)) {
            line.appendCodePoint(character);
        } else {
            line.append(String.format("\\u%04x", character));
        }
    }

    /** Escape sequences, line breaks of other alphabets, and what turns the direction of writing. */
    private static boolean rulesTheScreen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
