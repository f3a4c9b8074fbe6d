package io.flowapi.doctor;

import io.flowapi.backup.Backup;
import io.flowapi.backup.LastBackup;
import io.flowapi.installation.Config;
import io.flowapi.platform.faults.TrackerAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What is done around the server, most of which nobody can see from here. */
record OperationChecks(Config config, InstantSource clock) {

    /** A daily backup with some delay; the alert FlowBackupOld has the same. */
    private static final Duration BACKUP_AGE_MAX = Duration.ofHours(26);

    private static final String BACKUP = "backup";

    List<Finding> findings() {
        return List.of(
                backup(),
                Finding.notCheckable(
                        "health monitoring",
                        "let your monitoring ask " + config.publicUrl()
                                + "/health/health every minute, and wake somebody at anything but 200 and healthy"),
                Finding.notCheckable(
                        "alerts",
                        "give Prometheus the rules in deploy/prometheus/flow-alerts.yml, and let it reach somebody"
                                + " (docs/metrics.md says what to do about each)"),
                Finding.notCheckable(
                        "audit-log collection",
                        "send the server's standard error to where this machine cannot change it: each entry is a line"
                                + " of JSON there"),
                Finding.notCheckable(
                        "rate-limit monitoring",
                        "watch flow_rate_limit_refusals_total, as the rule FlowRateLimitRefusals in"
                                + " deploy/prometheus/flow-alerts.yml does; the request log says whose key it was"),
                errorTracking());
    }

    private Finding backup() {
        if (config.databaseUrl() != null) {
            return Finding.notCheckable(BACKUP, "PostgreSQL: whoever runs it makes its backups (docs/operations.md)");
        }
        return LastBackup.of(config.dataDirectory())
                .map(this::aged)
                .orElseGet(() -> Finding.notCheckable(
                        BACKUP,
                        "none was noted: run flow backup --to DIR every"
                                + " day, as deploy/systemd/flow-backup.timer does"));
    }

    private Finding aged(LastBackup last) {
        Duration age = Duration.between(last.at(), clock.instant());
        String made = "the last one was made " + age.toHours() + " hours ago: " + last.path();
        if (age.compareTo(BACKUP_AGE_MAX) > 0) {
            return Finding.failed(BACKUP, made);
        }
        return Files.isRegularFile(last.path().resolve(Backup.MANIFEST))
                ? Finding.ok(BACKUP, made)
                : Finding.notCheckable(
                        BACKUP, made + ", and is not there any more: look whether it is where you moved it");
    }

    private Finding errorTracking() {
        TrackerAddress tracker = config.errorTracker();
        return tracker == null
                ? Finding.notCheckable("error tracking", "SENTRY_DSN is unset: errors are in the log alone")
                : Finding.configured("error tracking", "SENTRY_DSN: faults are reported to " + tracker);
    }
}
