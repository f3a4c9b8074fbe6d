package io.flowapi.doctor;

import io.flowapi.api.model.Provider;
import io.flowapi.channels.ChannelStore;
import io.flowapi.idempotency.IdempotencyStore;
import io.flowapi.idempotency.IdempotencyStore.SealedAnswer;
import io.flowapi.installation.Config;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.ClockSkew;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseConfig;
import io.flowapi.platform.db.SchemaVersion;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.jobs.DeadJobStore;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.linkedin.LinkedInVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The database, and whether what is sealed in it can be opened. */
record DatabaseChecks(Config config, InstantSource clock) {

    /** Shorter than the server's 5 s, by the same means: nobody waits long for the answer. */
    private static final Duration STATEMENT_MAX = Duration.ofSeconds(1);

    private static final String KEY = "encryption key";
    private static final String CLOCK = "clock";
    private static final String LINKEDIN = "LinkedIn version";

    List<Finding> findings() {
        if (config.databaseUrl() == null && !Files.isDirectory(config.dataDirectory())) {
            return List.of(Finding.failed("database", "there is none yet: the first start, or flow migrate, makes it"));
        }
        DatabaseConfig as = new DatabaseConfig(config.dataDirectory(), config.databaseUrl(), STATEMENT_MAX);
        try (Database database = Database.attach(as)) {
            return List.of(
                    schema(database.schemaVersion()),
                    Finding.of(
                            "statement timeout",
                            database.stopsEndlessStatements(),
                            "a statement that does not end was given one second; the server gives five"),
                    key(database),
                    jobs(database),
                    linkedIn(database),
                    clock(database));
        }
    }

    private Finding clock(Database database) {
        return switch (database.engine()) {
            case SQLITE ->
                Finding.notCheckable(CLOCK, "the embedded database has none of its own: let NTP set this machine's");
            case POSTGRESQL -> {
                ClockSkew skew = ClockSkew.measured(database, clock);
                yield Finding.of(
                        CLOCK, !skew.tooFar(), skew + (skew.tooFar() ? ": let NTP set the clocks of both" : ""));
            }
        };
    }

    private static Finding jobs(Database database) {
        if (!database.schemaVersion().current()) {
            return Finding.notCheckable("jobs", "run flow migrate first");
        }
        long dead = database.read(DeadJobStore::count);
        return Finding.of(
                "jobs",
                dead == 0,
                dead == 0
                        ? "none was given up"
                        : dead
                                + " were given up after a day of faults: see flow jobs list and the log, then flow jobs retry");
    }

    /** Nobody is to be woken because of a network that is not used. */
    private Finding linkedIn(Database database) {
        LinkedInVersion version = config.linkedInVersion();
        Instant now = clock.instant();
        String ends = version.number() + (version.overAt(now) ? " ended on " : " ends on ") + version.sunsetDay();
        boolean used = config.linkedIn().clientId() != null
                || database.schemaVersion().current() && database.read(tx -> ChannelStore.anyOn(tx, Provider.LINKEDIN));
        return used && version.endsSoonAt(now)
                ? Finding.failed(
                        LINKEDIN, ends + ": set FLOW_LINKEDIN_VERSION to a newer one, and start the server again")
                : Finding.configured(LINKEDIN, ends + (used ? "" : "; nobody uses LinkedIn"));
    }

    private static Finding schema(SchemaVersion schema) {
        String advice = schema.applied() < schema.known() ? "; run flow migrate" : "; run a newer program";
        return Finding.of(
                "database",
                schema.current(),
                "schema version " + schema.applied() + ", this program knows " + schema.known()
                        + (schema.current() ? "" : advice));
    }

    private Finding key(Database database) {
        EncryptionKeys keys = keys();
        if (keys == null) {
            return Finding.failed(KEY, "there is none: set FLOW_ENCRYPTION_KEY, or put encryption.key back");
        }
        try {
            return Finding.ok(KEY, database.read(tx -> opened(tx, new Vault(keys))));
        } catch (IllegalArgumentException wrong) {
            return Finding.failed(
                    KEY, "does not open what is stored: " + wrong.getMessage() + "; is it the key of this database?");
        }
    }

    private @Nullable EncryptionKeys keys() {
        EncryptionKeys configured = config.encryptionKeys();
        if (configured != null) {
            return configured;
        }
        return Files.exists(config.dataDirectory().resolve(DataDirectory.KEY_FILE))
                ? EncryptionKeys.parse(
                        DataDirectory.open(config.dataDirectory()).encryptionKey())
                : null;
    }

    private static String opened(Handle tx, Vault vault) {
        ChannelSecretStore secrets = new ChannelSecretStore(vault);
        Optional<SealedAnswer> answer = new IdempotencyStore().newestAnswer(tx);
        boolean channel =
                secrets.anyChannel(tx).flatMap(id -> secrets.find(tx, id)).isPresent();
        answer.ifPresent(kept -> vault.open(kept.sealed(), kept.place()));
        if (channel || answer.isPresent()) {
            return "opens what is stored";
        }
        vault.open(vault.seal("sample".getBytes(StandardCharsets.UTF_8), "doctor"), "doctor");
        return "opens a sample; nothing sealed is stored yet";
    }
}
