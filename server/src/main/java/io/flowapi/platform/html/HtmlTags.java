package io.flowapi.platform.html;

/**
 * Removes HTML tags, comments and doctypes from a text. A tag is {@code <} or {@code </}, an ASCII letter, and all up to the
 * first {@code >} outside of a quoted attribute value, if its name is that of an element or has a hyphen, or if it has
 * attributes: white space and a name, or a {@code /} and a name. In {@code <https://example.com/a?b=c>} a {@code /} begins
 * no attribute ({@link Address}). Every other {@code <} is text. Nothing is put in the place of what is removed, and no other character changes.
 * This holds for the result too: to remove twice is to remove once.
 */
public final class HtmlTags {

    private HtmlTags() {}

    /**
     * What remains.
     *
     * @param removed how many tags, comments and doctypes were removed; one inside of another is not counted
     */
    public record Remainder(String text, int removed) {}

    public static Remainder remove(String text) {
        return text.indexOf('<') < 0 ? new Remainder(text, 0) : new TagScanner().scan(text);
    }
}
