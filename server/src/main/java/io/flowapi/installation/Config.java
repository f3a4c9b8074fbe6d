package io.flowapi.installation;

import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.http.CorsOrigins;
import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.GuardPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, read once.
 *
 * @param port 0 takes any free one
 * @param publicUrl how clients reach the server; the base of problem types, without a trailing slash
 * @param databaseUrl of a PostgreSQL database; null for the embedded one in the data directory
 * @param guard where user-given addresses may lead
 * @param origins whose pages may read the answers
 * @param encryptionKeys null when unset: development makes one in the data directory
 */
public record Config(
        boolean production,
        String host,
        int port,
        String publicUrl,
        Path dataDirectory,
        @Nullable String databaseUrl,
        @Nullable EncryptionKeys encryptionKeys,
        GuardPolicy guard,
        CorsOrigins origins,
        Role role) {

    private static final int PORT = 8080;

    /** Which part of the work this process does. */
    public enum Role {
        ALL,
        API,
        WORKER
    }

    /** The settings cannot be used; the message names every problem at once. */
    public static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableException(List<String> problems) {
            super("The configuration cannot be used:\n  - " + String.join("\n  - ", problems));
        }
    }

    /**
     * Reads the environment.
     *
     * @throws UnusableException when something is malformed, or unsafe in production
     */
    public static Config from(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        boolean production = production(environment, problems);
        int port = port(environment.getOrDefault("FLOW_PORT", Integer.toString(PORT)), problems);
        String publicUrl = publicUrl(environment, port, production, problems);
        EncryptionKeys keys = keys(environment.get("FLOW_ENCRYPTION_KEY"), production, problems);
        List<AddressBlock> allowed =
                allowedPrivate(environment.getOrDefault("FLOW_ALLOWED_PRIVATE_CIDRS", ""), problems);
        CorsOrigins origins = origins(environment, production, problems);
        if (!problems.isEmpty()) {
            throw new UnusableException(problems);
        }
        return new Config(
                production,
                environment.getOrDefault("FLOW_HOST", production ? "0.0.0.0" : "127.0.0.1"),
                port,
                publicUrl,
                Path.of(environment.getOrDefault("FLOW_DATA_DIR", "data")),
                environment.get("DATABASE_URL"),
                keys,
                new GuardPolicy(production, allowed),
                origins,
                Role.ALL);
    }

    private static boolean production(Map<String, String> environment, List<String> problems) {
        String name = environment.getOrDefault("FLOW_ENV", "development");
        if (!List.of("development", "production").contains(name)) {
            problems.add("FLOW_ENV must be development or production");
        }
        return name.equals("production");
    }

    private static List<AddressBlock> allowedPrivate(String text, List<String> problems) {
        try {
            return AddressBlock.parseList(text);
        } catch (IllegalArgumentException malformed) {
            problems.add("FLOW_ALLOWED_PRIVATE_CIDRS: " + malformed.getMessage());
            return List.of();
        }
    }

    private static CorsOrigins origins(Map<String, String> environment, boolean production, List<String> problems) {
        Set<String> named = new HashSet<>();
        for (String name : List.of("APP_URL", "CORS_ALLOWED_ORIGINS")) {
            try {
                named.addAll(CorsOrigins.parseList(environment.getOrDefault(name, "")));
            } catch (IllegalArgumentException malformed) {
                problems.add(name + " " + malformed.getMessage());
            }
        }
        return new CorsOrigins(!production, named);
    }

    private static int port(String text, List<String> problems) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        problems.add("FLOW_PORT must be a number from 0 to 65535");
        return PORT;
    }

    private static String publicUrl(
            Map<String, String> environment, int port, boolean production, List<String> problems) {
        String url = environment.getOrDefault("FLOW_PUBLIC_URL", "http://localhost:" + port);
        if (production && !url.startsWith("https://")) {
            problems.add("FLOW_PUBLIC_URL must be set to an https URL in production");
        } else if (!isBase(url)) {
            problems.add("FLOW_PUBLIC_URL must be like https://flow.example.com, without user, query and fragment");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static boolean isBase(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    private static @Nullable EncryptionKeys keys(
            @Nullable String configured, boolean production, List<String> problems) {
        if (configured == null || configured.isBlank()) {
            if (production) {
                problems.add("FLOW_ENCRYPTION_KEY must be set in production, as id:base64 of 32 random bytes");
            }
            return null;
        }
        try {
            return EncryptionKeys.parse(configured);
        } catch (IllegalArgumentException malformed) {
            problems.add(String.valueOf(malformed.getMessage()));
            return null;
        }
    }

    public Config withPort(int other) {
        String url = publicUrl.equals("http://localhost:" + port) ? "http://localhost:" + other : publicUrl;
        return new Config(
                production, host, other, url, dataDirectory, databaseUrl, encryptionKeys, guard, origins, role);
    }

    public Config withRole(Role other) {
        return new Config(
                production, host, port, publicUrl, dataDirectory, databaseUrl, encryptionKeys, guard, origins, other);
    }

    /** Leaves out the URL and the keys, which hold secrets. */
    @Override
    public String toString() {
        return "Config[" + (production ? "production" : "development") + ", " + host + ":" + port + "]";
    }
}
