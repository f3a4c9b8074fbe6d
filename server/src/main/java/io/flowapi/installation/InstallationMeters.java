package io.flowapi.installation;

import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.util.Locale;

/** What runs here, and how much room it has. */
public final class InstallationMeters {

    private InstallationMeters() {}

    public static void register(Config config, Installation flow) {
        Metrics metrics = flow.metrics();
        Path directory = flow.directory().path();
        Gauge.builder("flow.build.info", () -> 1)
                .description("Always 1; its labels tell the version, the database and the role")
                .tag("version", Build.version())
                .tag("database", flow.database().engine().name().toLowerCase(Locale.ROOT))
                .tag("role", config.role().name().toLowerCase(Locale.ROOT))
                .register(metrics.registry());
        Gauge.builder(
                        "flow.data.directory.free",
                        directory,
                        path -> path.toFile().getUsableSpace())
                .description("Free space of the disk that holds the data directory")
                .baseUnit("bytes")
                .register(metrics.registry());
        Gauge.builder(
                        "flow.data.directory.size",
                        directory,
                        path -> path.toFile().getTotalSpace())
                .description("Size of the disk that holds the data directory")
                .baseUnit("bytes")
                .register(metrics.registry());
    }
}
