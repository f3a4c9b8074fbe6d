package io.flowapi.doctor;

import io.flowapi.installation.Config;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through the checklist. A check that breaks off is a line that failed; the others are still made. */
public final class Doctor {

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Consumer<Finding> findings;

    /** @param findings hears of each as soon as it is known */
    public Doctor(Map<String, String> environment, InstantSource clock, Consumer<Finding> findings) {
        this.environment = environment;
        this.clock = clock;
        this.findings = findings;
    }

    private record Check(String name, Supplier<List<Finding>> work) {}

    /** @param url of the server; null for the one that the settings describe */
    public void examine(@Nullable String url) {
        Config config = usable();
        if (config == null) {
            return;
        }
        Stream.of(
                        new Check("settings", new SettingsChecks(config)::findings),
                        new Check("storage", new StorageChecks(config.dataDirectory())::findings),
                        new Check("database", new DatabaseChecks(config, clock)::findings),
                        new Check("webhook guard", () -> GuardChecks.findings(config.guard())),
                        new Check("server", () -> ServerChecks.findings(config, url)),
                        new Check("operation", new OperationChecks(config, clock)::findings))
                .map(Doctor::run)
                .forEach(found -> found.forEach(findings));
    }

    private @Nullable Config usable() {
        try {
            Config config = Config.from(environment);
            findings.accept(
                    Finding.ok("configuration", "usable, " + (config.production() ? "production" : "development")));
            return config;
        } catch (Config.UnusableException unusable) {
            findings.accept(Finding.failed("configuration", String.valueOf(unusable.getMessage())));
            return null;
        }
    }

    private static List<Finding> run(Check check) {
        try {
            return check.work().get();
        } catch (RuntimeException broken) {
            return List.of(Finding.failed(check.name(), "broke off: " + reasons(broken)));
        }
    }

    private static String reasons(Throwable broken) {
        Throwable root = broken;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == broken ? broken.getMessage() : broken.getMessage() + " " + root.getMessage();
    }
}
