package io.flowapi.platform.db;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL URL taken apart, so that what names the server and may be logged is without user and password. */
public final class DatabaseUrl {
    private static final Pattern URL = Pattern.compile("(?:jdbc:postgresql|postgres|postgresql)://"
            + "(?:(?<user>[^:/?]*)(?::(?<password>[^/?]*))?@)?"
            + "(?<servers>[^@/?]+)/(?<database>[^/?]+)(?:\\?(?<parameters>.*))?");

    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

    private static final String THIS_MACHINE = "(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d*)?";
    private static final Pattern LOCAL =
            Pattern.compile("jdbc:postgresql://" + THIS_MACHINE + "(?:," + THIS_MACHINE + ")*/.*");

    private final String server;
    private final Properties properties;

    private DatabaseUrl(String server, Properties properties) {
        this.server = server;
        this.properties = properties;
    }

    /** A text that cannot be read is not repeated, for it may hold a password. */
    public static DatabaseUrl parse(String text) {
        Matcher parts = URL.matcher(text);
        if (!parts.matches()) {
            throw unreadable();
        }
        Properties properties = new Properties();
        set(properties, "user", parts.group("user"));
        set(properties, "password", parts.group("password"));
        String parameters = parts.group("parameters");
        if (parameters != null) {
            for (String parameter : parameters.split("&")) {
                String[] pair = parameter.split("=", 2);
                set(properties, pair[0], pair.length == 2 ? pair[1] : "");
            }
        }
        return new DatabaseUrl(
                "jdbc:postgresql://" + parts.group("servers") + "/" + parts.group("database"), properties);
    }

    /** Whether passwords and posts may go to another machine in the clear: left alone, the driver asks for TLS and goes on. */
    public boolean perhapsPlainOverNetwork() {
        // The driver takes ssl=true for verify-full.
        String unsaid = properties.getProperty("ssl", "").equals("true") ? "verify-full" : "prefer";
        return !ENCRYPTED.contains(properties.getProperty("sslmode", unsaid))
                && !LOCAL.matcher(server).matches();
    }

    /** For the driver, without user and password. */
    String server() {
        return server;
    }

    /** Everything else, for the driver. */
    Properties properties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public String toString() {
        return server;
    }

    private static void set(Properties properties, String name, @Nullable String encoded) {
        if (encoded == null) {
            return;
        }
        try {
            // URLDecoder is for forms, where a plus is a space; in a URL it is a plus.
            properties.setProperty(name, URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException quotesThePassword) {
            throw unreadable();
        }
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("DATABASE_URL must look like postgres://user:password@host:5432/database"
                + " with special characters percent-encoded.");
    }
}
