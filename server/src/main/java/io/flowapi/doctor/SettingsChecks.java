package io.flowapi.doctor;

import io.flowapi.installation.Config;
import io.flowapi.ratelimits.KeyLimits;
import java.util.List;
import java.util.TreeSet;

/** What was chosen, and only the operator knows whether rightly. */
record SettingsChecks(Config config) {

    List<Finding> findings() {
        return List.of(
                Finding.configured("public URL", config.publicUrl()),
                Finding.configured("origins of web pages", origins()),
                Finding.configured("rate limits", rateLimits()),
                tls());
    }

    private String origins() {
        String named = config.origins().named().isEmpty()
                ? "APP_URL and CORS_ALLOWED_ORIGINS are unset: no page may read an answer"
                : String.join(", ", new TreeSet<>(config.origins().named()));
        return config.origins().local() ? named + "; pages of this machine may (development)" : named;
    }

    private String rateLimits() {
        return KeyLimits.text(config.limits().keys()) + " a minute, for a key without limits of its own; "
                + config.limits().failedAuthentication() + " wrong keys a minute, for an address; 0 is no limit";
    }

    private Finding tls() {
        String must = "TLS ends at a proxy: let it answer " + config.publicUrl() + ", and"
                + " look at it from outside with flow doctor --url " + config.publicUrl();
        return config.production()
                ? Finding.notCheckable("TLS", must)
                : Finding.configured("TLS", "development: none is needed");
    }
}
