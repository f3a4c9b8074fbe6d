package io.flowapi.installation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What the build put into the jar. */
public final class Build {

    private Build() {}

    /** The version of this build. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream stream = resource("/build.properties")) {
            properties.load(stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }

    /** The bundled OpenAPI document, as YAML text. */
    public static String document() {
        try (InputStream stream = resource("/io/flowapi/openapi.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = Build.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(name + " is missing from the build");
        }
        return stream;
    }
}
