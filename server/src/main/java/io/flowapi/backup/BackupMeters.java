package io.flowapi.backup;

import io.flowapi.platform.metrics.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How old the last backup is. */
public final class BackupMeters {

    private BackupMeters() {}

    public static void register(Metrics metrics, Path dataDirectory, InstantSource clock) {
        MultiGauge age = MultiGauge.builder("flow.backup.age")
                .description("How long ago flow backup last ended well; missing when it never did")
                .baseUnit("seconds")
                .register(metrics.registry());
        metrics.ask("backup", () -> LastBackup.of(dataDirectory), last -> age.register(rows(last, clock), true));
    }

    private static List<Row<?>> rows(@Nullable Optional<LastBackup> last, InstantSource clock) {
        if (last == null || last.isEmpty()) {
            return List.of();
        }
        Duration age = Duration.between(last.get().at(), clock.instant());
        return List.of(Row.of(Tags.empty(), age.toMillis() / 1000.0));
    }
}
