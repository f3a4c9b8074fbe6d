package io.flowapi.apikeys;

import io.flowapi.api.model.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The bearer token of a key: {@code flow_{live|test}_{public id}_{secret}{checksum}}. The secret has 256 bits, so a plain
 * SHA-256 keeps it; the checksum tells a mistyped token without asking the database, and a leaked one in a code search.
 */
record ApiKeyToken(Mode mode, String publicId, String text) {

    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int PUBLIC_ID_LENGTH = 10;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM =
            Pattern.compile("(flow_(live|test)_([0-9A-Za-z]{10})_[0-9A-Za-z]{43})([0-9A-Za-z]{6})");

    static ApiKeyToken generate(Mode mode, SecureRandom random) {
        String publicId = random(random, PUBLIC_ID_LENGTH);
        String head = "flow_" + mode.value() + "_" + publicId + "_" + random(random, SECRET_LENGTH);
        return new ApiKeyToken(mode, publicId, head + checksum(head));
    }

    /** Empty for what cannot be a token of ours. */
    static Optional<ApiKeyToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !checksum(form.group(1)).equals(form.group(4))) {
            return Optional.empty();
        }
        return Optional.of(new ApiKeyToken(Mode.of(form.group(2)), form.group(3), text));
    }

    /** The beginning that may be shown. */
    String prefix() {
        return "flow_" + mode.value() + "_" + publicId;
    }

    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String random(SecureRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(BASE_62.charAt(random.nextInt(BASE_62.length())));
        }
        return text.toString();
    }

    private static String checksum(String head) {
        CRC32 crc = new CRC32();
        crc.update(head.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = BASE_62.charAt((int) (rest % BASE_62.length()));
            rest /= BASE_62.length();
        }
        return new String(digits);
    }

    @Override
    public String toString() {
        return prefix();
    }
}
