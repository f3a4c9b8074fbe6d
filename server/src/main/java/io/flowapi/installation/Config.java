package io.flowapi.installation;

import io.flowapi.api.model.RateLimits;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.faults.TrackerAddress;
import io.flowapi.platform.http.ClientAddress;
import io.flowapi.platform.http.CorsOrigins;
import io.flowapi.platform.log.LogFormat;
import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.providers.linkedin.LinkedInVersion;
import io.flowapi.ratelimits.RateLimitSettings;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param management where the figures are read
 * @param errorTracker null when faults are reported to nobody
 * @param guard where user-given addresses may lead
 * @param origins whose pages may read the answers
 * @param returns where an owner may be sent who has connected an account
 * @param clients which proxies are believed when they say whose request it is
 * @param limits how many requests a key may make
 * @param drainNotice for how long a server that is told to stop says so before it takes no more requests
 * @param latenessMax how late a post may be and still go out; zero when that is no matter
 * @param eventsKept for how long what happened can be listed
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
        Management management,
        @Nullable TrackerAddress errorTracker,
        GuardPolicy guard,
        CorsOrigins origins,
        CorsOrigins returns,
        ClientAddress clients,
        LogFormat logFormat,
        RateLimitSettings limits,
        Duration drainNotice,
        Duration latenessMax,
        Duration eventsKept,
        NetworkSettings x,
        NetworkSettings linkedIn,
        LinkedInVersion linkedInVersion,
        Role role) {

    private static final int PORT = 8080;
    private static final int MANAGEMENT_PORT = 9090;
    private static final int PORT_MAX = 65_535;
    private static final int DRAIN_SECONDS = 5;
    private static final int DRAIN_SECONDS_MAX = 300;
    private static final int LATENESS_HOURS = 24;
    private static final int LATENESS_HOURS_MAX = 9600;
    private static final int EVENT_DAYS = 30;
    private static final int EVENT_DAYS_MAX = 3_650;

    /** Which part of the work this process does. */
    public enum Role {
        ALL,
        API,
        WORKER
    }

    /**
     * Where the process tells whoever looks after it, apart from its users.
     *
     * @param orAnyFree whether another port will do when this one is taken: nobody has chosen it
     */
    public record Management(String host, int port, boolean orAnyFree) {}

    /** The settings cannot be used; the message names every problem at once. */
    public static final class UnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnusableException(List<String> problems) {
            super("The configuration cannot be used:\n  - " + String.join("\n  - ", problems));
        }
    }

    /**
     * Reads the environment, for a process that does everything.
     *
     * @throws UnusableException when something is malformed, or unsafe in production
     */
    public static Config from(Map<String, String> environment) {
        return from(environment, Role.ALL);
    }

    /**
     * Reads the environment.
     *
     * @throws UnusableException when something is malformed, or unsafe in production
     */
    public static Config from(Map<String, String> environment, Role role) {
        Settings settings = new Settings(environment);
        boolean production = production(settings);
        int port = settings.number("FLOW_PORT", PORT, PORT_MAX);
        Config config = new Config(
                production,
                settings.text("FLOW_HOST", production ? "0.0.0.0" : "127.0.0.1"),
                port,
                publicUrl(settings, port, production),
                Path.of(settings.text("FLOW_DATA_DIR", "data")),
                settings.text("DATABASE_URL"),
                keys(settings, production),
                management(settings, port),
                errorTracker(settings, production),
                new GuardPolicy(production, settings.parsed("FLOW_ALLOWED_PRIVATE_CIDRS", AddressBlock::parseList)),
                new CorsOrigins(!production, origins(settings, "APP_URL", "CORS_ALLOWED_ORIGINS")),
                new CorsOrigins(!production, origins(settings, "APP_URL")),
                new ClientAddress(settings.parsed("FLOW_TRUSTED_PROXIES", AddressBlock::parseList)),
                logFormat(settings, production),
                limits(settings),
                Duration.ofSeconds(
                        settings.number("FLOW_DRAIN_SECONDS", production ? DRAIN_SECONDS : 0, DRAIN_SECONDS_MAX)),
                Duration.ofHours(settings.number("FLOW_MAX_LATENESS_HOURS", LATENESS_HOURS, LATENESS_HOURS_MAX)),
                Duration.ofDays(settings.number("FLOW_EVENT_RETENTION_DAYS", EVENT_DAYS, 1, EVENT_DAYS_MAX)),
                NetworkSettings.x(settings, production),
                NetworkSettings.linkedIn(settings, production),
                settings.parsed("FLOW_LINKEDIN_VERSION", LinkedInVersion::of),
                role);
        if (production) {
            ProductionRules.broken(config).forEach(settings::problem);
        }
        settings.throwIfUnusable();
        return config;
    }

    /** How this process logs; for what is written before the rest is read, or when the rest cannot be used. */
    public static LogFormat logFormat(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        return logFormat(settings, production(settings));
    }

    private static LogFormat logFormat(Settings settings, boolean production) {
        return switch (settings.text("FLOW_LOG_FORMAT", production ? "json" : "text")) {
            case "json" -> LogFormat.JSON;
            case "text" -> LogFormat.TEXT;
            default -> {
                settings.problem("FLOW_LOG_FORMAT must be text or json");
                yield LogFormat.JSON;
            }
        };
    }

    private static boolean production(Settings settings) {
        String name = settings.text("FLOW_ENV", "development");
        if (!List.of("development", "production").contains(name)) {
            settings.problem("FLOW_ENV must be development or production");
        }
        return name.equals("production");
    }

    private static Management management(Settings settings, int publicPort) {
        boolean chosen = settings.text("FLOW_MANAGEMENT_PORT") != null;
        int usual = publicPort == 0 || publicPort == MANAGEMENT_PORT ? 0 : MANAGEMENT_PORT;
        int port = settings.number("FLOW_MANAGEMENT_PORT", usual, PORT_MAX);
        if (port != 0 && port == publicPort) {
            settings.problem("FLOW_MANAGEMENT_PORT must be another port than FLOW_PORT");
        }
        return new Management(settings.text("FLOW_MANAGEMENT_HOST", "127.0.0.1"), port, !chosen);
    }

    private static @Nullable TrackerAddress errorTracker(Settings settings, boolean production) {
        TrackerAddress tracker =
                settings.parsed("SENTRY_DSN", text -> text.isEmpty() ? null : TrackerAddress.parse(text));
        if (production && tracker != null && !tracker.encrypted()) {
            settings.problem("SENTRY_DSN must be an https URL in production");
        }
        return tracker;
    }

    private static Set<String> origins(Settings settings, String... names) {
        Set<String> named = new HashSet<>();
        for (String name : names) {
            named.addAll(settings.parsed(name, CorsOrigins::parseList));
        }
        return named;
    }

    private static RateLimitSettings limits(Settings settings) {
        return new RateLimitSettings(
                new RateLimits(
                        settings.number("FLOW_RATE_LIMIT_DEFAULT", 100, RateLimitSettings.MAX),
                        settings.number("FLOW_RATE_LIMIT_POST_CREATION", 30, RateLimitSettings.MAX),
                        settings.number("FLOW_RATE_LIMIT_WEBHOOK_CREATION", 10, RateLimitSettings.MAX),
                        settings.number("FLOW_RATE_LIMIT_API_KEY_CREATION", 5, RateLimitSettings.MAX)),
                settings.number("FLOW_RATE_LIMIT_FAILED_AUTH", 60, RateLimitSettings.MAX));
    }

    private static String publicUrl(Settings settings, int port, boolean production) {
        String url = settings.text("FLOW_PUBLIC_URL", localUrl(port));
        if (production && !url.startsWith("https://")) {
            settings.problem("FLOW_PUBLIC_URL must be set to an https URL in production");
        } else if (!NetworkSettings.isUrl(url)) {
            settings.problem("FLOW_PUBLIC_URL must be like https://flow.example.com, without user, query and fragment");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String localUrl(int port) {
        return "http://localhost:" + port;
    }

    private static @Nullable EncryptionKeys keys(Settings settings, boolean production) {
        if (settings.text("FLOW_ENCRYPTION_KEY") == null) {
            if (production) {
                settings.problem("FLOW_ENCRYPTION_KEY must be set in production, as id:base64 of 32 random bytes");
            }
            return null;
        }
        try {
            return EncryptionKeys.parse(settings.text("FLOW_ENCRYPTION_KEY", ""));
        } catch (IllegalArgumentException malformed) {
            settings.problem(String.valueOf(malformed.getMessage()));
            return null;
        }
    }

    /** How clients reach a server that was given the port 0 and listens on this one. */
    public String publicUrlOn(int actualPort) {
        return publicUrl.equals(localUrl(port)) ? localUrl(actualPort) : publicUrl;
    }

    /** Leaves out the URL and the keys, which hold secrets. */
    @Override
    public String toString() {
        return "Config[" + (production ? "production" : "development") + ", " + host + ":" + port + "]";
    }
}
