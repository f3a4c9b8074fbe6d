package io.flowapi.platform.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something to read that is no operation of the document: the same bytes for everybody while the process runs. */
public final class Reading {

    private static final byte[] NOTHING = {};

    /**
     * Nothing comes from another host, and nothing runs that stands in a page itself. Two things are let in for Swagger
     * UI: the pictures that its style sheet holds as data URLs, and its calls to this server for the document and, when
     * somebody tries an operation, for the answer. It needs no inline styles.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'");

    private final String path;
    private final String mediaType;
    private final Supplier<byte[]> source;
    /** Two first readers may both make it, and make the same. */
    private volatile @Nullable Content content;

    private record Content(byte[] bytes, String etag) {

        static Content of(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Content(bytes, "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** The weak comparison of RFC 9110, 13.1.2. */
        boolean isOneOf(String ifNoneMatch) {
            return ifNoneMatch.strip().equals("*")
                    || Arrays.stream(ifNoneMatch.split(","))
                            .map(tag -> tag.strip().replaceFirst("^W/", ""))
                            .anyMatch(etag::equals);
        }
    }

    /** @param source asked at the first request, because the server's own URL is not known before it listens */
    public Reading(String path, String mediaType, Supplier<byte[]> source) {
        this.path = path;
        this.mediaType = mediaType;
        this.source = source;
    }

    public String path() {
        return path;
    }

    /** The whole of it, or a 304 for a reader who has it already. */
    Reply.Stored answer(String ifNoneMatch) {
        Content known = content();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", known.etag());
        // Kept, but asked about each time: an upgrade of the server shows at once.
        headers.put("Cache-Control", "no-cache");
        if (known.isOneOf(ifNoneMatch)) {
            return new Reply.Stored(304, headers, NOTHING);
        }
        headers.put("Content-Type", mediaType);
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        return new Reply.Stored(200, headers, known.bytes());
    }

    private Content content() {
        Content known = content;
        if (known == null) {
            known = Content.of(source.get());
            content = known;
        }
        return known;
    }
}
