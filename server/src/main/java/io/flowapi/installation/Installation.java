package io.flowapi.installation;

import io.flowapi.apikeys.ApiKeyStore;
import io.flowapi.audit.AuditLog;
import io.flowapi.channels.ChannelStore;
import io.flowapi.events.EventLog;
import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.crypto.Vault;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseConfig;
import io.flowapi.platform.db.DatabaseFile;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.users.UserStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** What the server and the console share: the data directory, the database and the stores of those who use it. */
public final class Installation implements AutoCloseable {

    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(5);

    private final Metrics metrics;
    private final DataDirectory directory;
    private final Database database;
    private final Database background;
    private final Vault vault;
    private final Ids ids;
    private final ServerClock clock;
    private final UserStore users;
    private final ApiKeyStore keys;
    private final ChannelStore channels;
    private final AuditLog audit;
    private final EventLog events;

    /** Of parts that were opened before: a simulation has each of them in its hands. */
    public Installation(
            DataDirectory directory, Vault vault, Database database, Metrics metrics, Ids ids, ServerClock clock) {
        this.directory = directory;
        this.vault = vault;
        this.database = database;
        background = database.background();
        this.metrics = metrics;
        this.ids = ids;
        this.clock = clock;
        users = new UserStore(ids, clock);
        keys = new ApiKeyStore(ids, clock);
        events = new EventLog(ids, clock, database::signal);
        channels = new ChannelStore(ids, clock, events);
        audit = new AuditLog(ids, clock);
    }

    /** What is made here would stand in the way of the restore. Once the database has its name, the restore was done. */
    private static void refuseHalfRestored(DataDirectory directory) {
        Path restoring = directory.path().resolve(DataDirectory.RESTORING);
        if (Files.exists(restoring) && !DatabaseFile.in(directory.path()).exists()) {
            throw new IllegalStateException("A restore into " + directory.path() + " was broken off, or is at work:"
                    + " run flow restore again, or remove " + restoring + " to start without it.");
        }
    }

    /** A new key beside a database that has secrets would only hide that the key of before is lost. */
    private static EncryptionKeys keys(Config config, DataDirectory directory) {
        EncryptionKeys configured = config.encryptionKeys();
        if (configured != null) {
            return configured;
        }
        if (DatabaseFile.in(directory.path()).exists() && !directory.hasEncryptionKey()) {
            throw new IllegalStateException("The data directory " + directory.path() + " has a database and no"
                    + " encryption.key: put the key of this database there, or set FLOW_ENCRYPTION_KEY.");
        }
        return EncryptionKeys.parse(directory.encryptionKey());
    }

    /** Opens the installation that the configuration names, on this machine. */
    public static Installation open(Config config) {
        return onMachine(config, InstantSource.system());
    }

    /** On a machine with this clock, which is corrected where the database has one of its own. */
    public static Installation onMachine(Config config, InstantSource machine) {
        return open(config, machine, DATABASE_TIMEOUT, database -> ServerClock.corrected(machine, database));
    }

    /** With this time, taken as it is. */
    public static Installation open(Config config, InstantSource clock) {
        return open(config, clock, DATABASE_TIMEOUT);
    }

    /** @param databaseTimeout how long one transaction may wait for its turn, and then how long it may run */
    public static Installation open(Config config, InstantSource clock, Duration databaseTimeout) {
        return open(config, clock, databaseTimeout, database -> ServerClock.given(clock));
    }

    private static Installation open(
            Config config, InstantSource machine, Duration databaseTimeout, Function<Database, ServerClock> clocks) {
        Metrics metrics = new Metrics(machine);
        DataDirectory directory = DataDirectory.open(config.dataDirectory());
        refuseHalfRestored(directory);
        Vault vault = new Vault(keys(config, directory));
        DatabaseConfig where = new DatabaseConfig(directory.path(), config.databaseUrl(), databaseTimeout);
        Database database = Database.open(where, metrics);
        ServerClock clock = clocks.apply(database);
        return new Installation(directory, vault, database, metrics, new Ids(clock), clock);
    }

    public Metrics metrics() {
        return metrics;
    }

    public DataDirectory directory() {
        return directory;
    }

    public Database database() {
        return database;
    }

    /** The same, for what workers do. */
    public Database background() {
        return background;
    }

    public Vault vault() {
        return vault;
    }

    public Ids ids() {
        return ids;
    }

    public ServerClock clock() {
        return clock;
    }

    public UserStore users() {
        return users;
    }

    public ApiKeyStore keys() {
        return keys;
    }

    public ChannelStore channels() {
        return channels;
    }

    public AuditLog audit() {
        return audit;
    }

    public EventLog events() {
        return events;
    }

    @Override
    public void close() {
        clock.close();
        database.close();
        metrics.close();
    }
}
