package io.flowapi.platform.html;

/** {@code <!doctype}, in any case. */
final class Doctype {

    /** The length of {@code <!}. */
    static final int PREFIX = 2;

    private static final String NAME = "doctype";

    private Doctype() {}

    /** @param at how many letters of the name are read */
    static Progress after(int at, char next) {
        if ((next | 0x20) != NAME.charAt(at)) {
            return Progress.TEXT;
        }
        return at == NAME.length() - 1 ? Progress.DOCTYPE : Progress.DECLARATION;
    }
}
