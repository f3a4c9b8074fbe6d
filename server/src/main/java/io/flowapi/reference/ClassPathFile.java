package io.flowapi.reference;

import io.flowapi.platform.http.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A file on the class path.
 *
 * @param name absolute, such as {@code /reference/docs.html}
 */
record ClassPathFile(String name) {

    /** @param mediaType what it is served as, which its name does not decide */
    Reading at(String path, String mediaType) {
        return new Reading(path, mediaType, this::bytes);
    }

    byte[] bytes() {
        try (InputStream stream = ClassPathFile.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
