package io.flowapi.platform.html;

/** How far a {@code <} has come on its way to a tag, a comment or a doctype, after the tokenizer of the HTML standard. */
enum Progress {
    /** It was none. */
    TEXT,
    /** It is complete, and goes. */
    ENDED,

    OPENED,
    OPENED_WITH_SLASH,
    /** A name without a hyphen or another {@code <}. */
    NAME,
    /** A name with a {@code <} in it, which no element has. */
    ODD_NAME,
    /** A name that is reason enough. */
    ELEMENT,
    /** Behind a name that is not, before any attribute. */
    STRANGER,

    /** A name with a colon, which {@link Address} knows more of. */
    ADDRESS,
    ADDRESS_SLASH,
    ADDRESS_PART,
    ADDRESS_PART_END,
    ADDRESS_QUERY,
    ADDRESS_BEFORE_VALUE,
    ADDRESS_VALUE,

    BEFORE_ATTRIBUTE,
    ATTRIBUTE,
    AFTER_ATTRIBUTE,
    BEFORE_VALUE,
    VALUE,
    DOUBLE_QUOTED,
    SINGLE_QUOTED,

    BANG,
    BANG_DASH,
    /** Behind {@code <!--}, and behind {@code <!---}, where a {@code >} ends it at once. */
    COMMENT_START,
    COMMENT_START_DASH,
    COMMENT,
    COMMENT_DASH,
    COMMENT_DASHES,
    COMMENT_DASHES_BANG,
    /** The first letters of a doctype, which {@link Doctype} knows. */
    DECLARATION,
    DOCTYPE;

    Progress after(char next) {
        return switch (this) {
            case OPENED -> opened(next);
            case OPENED_WITH_SLASH -> letter(next) ? NAME : TEXT;
            case NAME, ODD_NAME, ELEMENT -> inName(next);
            case ADDRESS -> next == '/' ? ADDRESS_SLASH : inName(next);
            case ADDRESS_SLASH, ADDRESS_PART, ADDRESS_PART_END, ADDRESS_QUERY, ADDRESS_BEFORE_VALUE, ADDRESS_VALUE ->
                Address.after(this, next);
            case STRANGER -> separates(next) ? STRANGER : next == '>' ? TEXT : ATTRIBUTE;
            case BEFORE_ATTRIBUTE -> separates(next) ? BEFORE_ATTRIBUTE : next == '>' ? ENDED : ATTRIBUTE;
            case ATTRIBUTE, AFTER_ATTRIBUTE -> inAttribute(next);
            case BEFORE_VALUE -> beforeValue(next);
            case VALUE -> next == '>' ? ENDED : space(next) ? BEFORE_ATTRIBUTE : VALUE;
            case DOUBLE_QUOTED -> next == '"' ? BEFORE_ATTRIBUTE : DOUBLE_QUOTED;
            case SINGLE_QUOTED -> next == '\'' ? BEFORE_ATTRIBUTE : SINGLE_QUOTED;
            case BANG -> next == '-' ? BANG_DASH : (next | 0x20) == 'd' ? DECLARATION : TEXT;
            case BANG_DASH -> next == '-' ? COMMENT_START : TEXT;
            case COMMENT_START, COMMENT_START_DASH -> next == '>' ? ENDED : inComment(next);
            case COMMENT_DASHES -> next == '>' ? ENDED : next == '!' ? COMMENT_DASHES_BANG : inComment(next);
            case COMMENT_DASHES_BANG -> next == '>' ? ENDED : inComment(next);
            case COMMENT, COMMENT_DASH -> inComment(next);
            case DOCTYPE -> next == '>' ? ENDED : DOCTYPE;
            case TEXT, ENDED, DECLARATION -> throw new IllegalStateException("not decided here: " + this);
        };
    }

    private static Progress opened(char next) {
        return switch (next) {
            case '/' -> OPENED_WITH_SLASH;
            case '!' -> BANG;
            default -> letter(next) ? NAME : TEXT;
        };
    }

    private Progress inName(char next) {
        if (next == '>') {
            return this == ELEMENT ? ENDED : TEXT;
        }
        if (separates(next)) {
            return this == ELEMENT ? BEFORE_ATTRIBUTE : STRANGER;
        }
        if (next == '-') {
            return ELEMENT;
        }
        if (this == NAME && next == ':') {
            return ADDRESS;
        }
        return this == NAME && next == '<' ? ODD_NAME : this;
    }

    private Progress inAttribute(char next) {
        return switch (next) {
            case '>' -> ENDED;
            case '=' -> BEFORE_VALUE;
            case '/' -> BEFORE_ATTRIBUTE;
            default -> space(next) ? AFTER_ATTRIBUTE : ATTRIBUTE;
        };
    }

    private static Progress beforeValue(char next) {
        return switch (next) {
            case '>' -> ENDED;
            case '"' -> DOUBLE_QUOTED;
            case '\'' -> SINGLE_QUOTED;
            default -> space(next) ? BEFORE_VALUE : VALUE;
        };
    }

    /** Two dashes behind the first two and a {@code >} end it; a {@code !} may stand between. */
    private Progress inComment(char next) {
        if (next != '-') {
            return COMMENT;
        }
        return switch (this) {
            case COMMENT_START -> COMMENT_START_DASH;
            case COMMENT_START_DASH, COMMENT_DASH, COMMENT_DASHES -> COMMENT_DASHES;
            default -> COMMENT_DASH;
        };
    }

    static boolean endsName(char next) {
        return next == '>' || separates(next);
    }

    private static boolean separates(char next) {
        return next == '/' || space(next);
    }

    static boolean space(char next) {
        return next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\f';
    }

    private static boolean letter(char next) {
        return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z';
    }
}
