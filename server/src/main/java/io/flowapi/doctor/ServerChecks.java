package io.flowapi.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.net.OutgoingOutcome.Answered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a running server answers to anybody. No request here has a key, so none can change anything. */
final class ServerChecks {

    private static final int BODY_BYTES_MAX = 1_048_576;
    private static final int QUERY_BYTES_MAX = 1_024;
    private static final String FOREIGN = "https://foreign.invalid";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "1; mode=block",
            "Referrer-Policy", "strict-origin-when-cross-origin");

    private final Config config;
    private final RunningServer server;

    private ServerChecks(Config config, RunningServer server) {
        this.config = config;
        this.server = server;
    }

    static List<Finding> findings(Config config, @Nullable String url) {
        try (RunningServer server = RunningServer.of(config, url)) {
            Optional<String> unreachable = server.unreachable();
            if (unreachable.isEmpty()) {
                return new ServerChecks(config, server).findings();
            }
            String detail = server.url() + ": " + unreachable.get();
            return List.of(
                    url == null
                            ? Finding.notCheckable("server", detail + " Start it, or say where it is with --url.")
                            : Finding.failed("server", detail));
        }
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(health(), readiness(), headers(), foreignOrigin()));
        config.origins().named().stream().sorted().map(this::namedOrigin).forEach(findings::add);
        findings.addAll(List.of(body(), target(), authentication()));
        return findings;
    }

    private Finding health() {
        Answered answer = server.get("/health/health");
        JsonNode body = Json.tree(new String(answer.body(), StandardCharsets.UTF_8));
        String status = body.path("status").asText();
        String version = body.path("version").asText();
        boolean known = version.equals(Build.version());
        String detail = server.url() + " is " + status + ", version " + version + ", checks " + body.path("checks")
                + (known ? "" : "; this program is version " + Build.version());
        return Finding.of("health", answer.status() == 200 && status.equals("healthy") && known, detail);
    }

    private Finding readiness() {
        int status = server.get("/health/readiness").status();
        return Finding.of("readiness", status == 200, "answered " + status);
    }

    private Finding headers() {
        Answered answer = server.get("/health/liveness");
        TreeSet<String> wrong = new TreeSet<>();
        ALWAYS.forEach((name, value) -> {
            if (!answer.header(name).equals(Optional.of(value))) {
                wrong.add(name);
            }
        });
        String insist = answer.header("Strict-Transport-Security").orElse("");
        if (config.production() ? !insist.contains("max-age=31536000") : !insist.isEmpty()) {
            wrong.add("Strict-Transport-Security");
        }
        return Finding.of(
                "security headers",
                wrong.isEmpty(),
                wrong.isEmpty() ? "all are there" : "missing or wrong: " + String.join(", ", wrong));
    }

    private Finding foreignOrigin() {
        Answered answer = server.get("/health/liveness", "Origin", FOREIGN);
        boolean varies =
                answer.header("Vary").orElse("").toLowerCase(Locale.ROOT).contains("origin");
        boolean refused = answer.header("Access-Control-Allow-Origin").isEmpty();
        return Finding.of(
                "CORS", refused && varies, refused ? "a page of " + FOREIGN + " may not read" : "any page may read");
    }

    private Finding namedOrigin(String origin) {
        Answered answer = server.get("/health/liveness", "Origin", origin);
        boolean taken = answer.header("Access-Control-Allow-Origin").equals(Optional.of(origin));
        return Finding.of("CORS", taken, "a page of " + origin + (taken ? " may read" : " may not read"));
    }

    private Finding body() {
        int status = server.post("/v1/posts", BODY_BYTES_MAX + 1);
        return Finding.of("body limit", status == 413, (BODY_BYTES_MAX + 1) + " bytes were answered " + status);
    }

    private Finding target() {
        int status =
                server.get("/v1/posts?limit=" + "1".repeat(QUERY_BYTES_MAX)).status();
        return Finding.of("target limit", status == 414, "a query of more than 1,024 bytes was answered " + status);
    }

    private Finding authentication() {
        int status = server.get("/v1/me").status();
        return Finding.of("authentication", status == 401, "a request without a key was answered " + status);
    }
}
