package io.flowapi.platform.http;

/**
 * Holds a chunked body to RFC 9112, 7.1, byte by byte as it arrives. The framework takes a signed size and does not look at
 * the two bytes after a chunk. Extensions and trailers, which it cannot read, are refused too: nobody has a use for them here.
 */
final class ChunkFraming {

    /** Far more than any body may have, and no overflow. */
    private static final int SIZE_DIGITS_MAX = 8;

    private static final int RADIX = 16;

    private enum Expected {
        SIZE,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        LAST_CR,
        LAST_LF,
        NOTHING
    }

    private Expected expected = Expected.SIZE;
    private int digits;
    private long left;

    /** Whether the bytes may go on so; what follows the body is not looked at. */
    boolean takes(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && expected != Expected.NOTHING) {
            if (expected == Expected.DATA) {
                int skipped = (int) Math.min(left, bytes.length - at);
                left -= skipped;
                at += skipped;
                expected = left == 0 ? Expected.DATA_CR : Expected.DATA;
            } else if (takes(bytes[at])) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean takes(byte next) {
        return switch (expected) {
            case SIZE -> takesInSize(next);
            case SIZE_LF -> takes(next, '\n', left == 0 ? Expected.LAST_CR : Expected.DATA);
            case DATA_CR -> takes(next, '\r', Expected.DATA_LF);
            case DATA_LF -> takes(next, '\n', Expected.SIZE);
            case LAST_CR -> takes(next, '\r', Expected.LAST_LF);
            case LAST_LF -> takes(next, '\n', Expected.NOTHING);
            case DATA, NOTHING -> true;
        };
    }

    private boolean takesInSize(byte next) {
        if (next == '\r' && digits > 0) {
            digits = 0;
            expected = Expected.SIZE_LF;
            return true;
        }
        // Only ASCII: Character.digit knows the digits of every script, but a byte over 127 is negative.
        int digit = next < 0 ? -1 : Character.digit(next, RADIX);
        if (digit < 0 || digits == SIZE_DIGITS_MAX) {
            return false;
        }
        left = digits == 0 ? digit : left * RADIX + digit;
        digits++;
        return true;
    }

    private boolean takes(byte next, char wanted, Expected then) {
        expected = then;
        return next == wanted;
    }
}
