package io.flowapi.platform.html;

/**
 * {@code <https://example.com/a?b=c>}. No element has a name with a colon, and behind the scheme a {@code /} divides the parts
 * of a path; that a tokenizer makes attributes of them does no harm as long as none of them has a value. What has a
 * {@code ?} or a {@code #} in its name may have one: no attribute is called so.
 */
final class Address {

    private Address() {}

    static Progress after(Progress at, char next) {
        if (next == '>') {
            return Progress.TEXT;
        }
        if (Progress.space(next)) {
            return behind(at);
        }
        return switch (at) {
            case ADDRESS_PART, ADDRESS_QUERY -> inPart(at, next);
            // An attribute can begin with this sign.
            case ADDRESS_SLASH -> next == '=' ? Progress.ATTRIBUTE : inPart(Progress.ADDRESS_PART, next);
            case ADDRESS_PART_END -> next == '=' ? Progress.BEFORE_VALUE : Progress.STRANGER.after(next);
            case ADDRESS_BEFORE_VALUE ->
                next == '"' || next == '\'' ? Progress.BEFORE_VALUE.after(next) : Progress.ADDRESS_VALUE;
            default -> at;
        };
    }

    private static Progress behind(Progress at) {
        return switch (at) {
            case ADDRESS_PART, ADDRESS_PART_END, ADDRESS_QUERY -> Progress.ADDRESS_PART_END;
            case ADDRESS_BEFORE_VALUE -> Progress.BEFORE_VALUE;
            default -> Progress.STRANGER;
        };
    }

    private static Progress inPart(Progress part, char next) {
        return switch (next) {
            case '/' -> Progress.ADDRESS_SLASH;
            case '=' -> part == Progress.ADDRESS_PART ? Progress.BEFORE_VALUE : Progress.ADDRESS_BEFORE_VALUE;
            case '?', '#' -> Progress.ADDRESS_QUERY;
            default -> part;
        };
    }
}
