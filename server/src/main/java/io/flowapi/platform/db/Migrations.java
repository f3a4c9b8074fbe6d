package io.flowapi.platform.db;

import java.net.URI;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Brings a database to the schema of this program, one script and one transaction after the other. */
final class Migrations {
    /** Any number will do that no other user of the database locks: it is "flow" in ASCII. */
    private static final String POSTGRES_LOCK = "select pg_advisory_xact_lock(1718382455)";

    private final List<MigrationScript> scripts;
    private final Engine engine;

    private Migrations(List<MigrationScript> scripts, Engine engine) {
        this.scripts = scripts;
        this.engine = engine;
    }

    static Migrations at(URI folder, Engine engine) {
        return new Migrations(MigrationScript.findAll(folder, engine), engine);
    }

    /** Expects a connection in auto-commit mode, which the caller closes after a failure, and thereby rolls back. */
    void applyTo(Handle handle) {
        boolean applied = true;
        while (applied) {
            execute(handle, engine == Engine.SQLITE ? "begin immediate" : "begin");
            applied = applyNext(handle);
            execute(handle, "commit");
        }
    }

    /** What is applied is looked up anew under the lock, for another process may be doing the same right now. */
    private boolean applyNext(Handle handle) {
        if (engine == Engine.POSTGRESQL) {
            execute(handle, POSTGRES_LOCK);
        }
        List<String> applied = applied(handle);
        verify(applied);
        if (applied.size() == scripts.size()) {
            return false;
        }
        MigrationScript next = scripts.get(applied.size());
        handle.createScript(next.sql()).executeAsSeparateStatements();
        record(handle, next);
        return true;
    }

    private static List<String> applied(Handle handle) {
        handle.execute("""
                create table if not exists schema_version (
                    version integer primary key,
                    name text not null,
                    checksum text not null,
                    applied_at timestamp not null default current_timestamp)""");
        return handle.createQuery("""
                select checksum
                from schema_version
                order by version""").mapTo(String.class).list();
    }

    private void verify(List<String> applied) {
        if (applied.size() > scripts.size()) {
            throw new IllegalStateException("The database has schema version " + applied.size()
                    + ", this program knows " + scripts.size() + ": start a newer program.");
        }
        for (int i = 0; i < applied.size(); i++) {
            if (!scripts.get(i).checksum().equals(applied.get(i))) {
                throw new IllegalStateException(
                        scripts.get(i).name() + " was changed after it had been applied to this database.");
            }
        }
    }

    private static void record(Handle handle, MigrationScript script) {
        handle.createUpdate("""
                        insert into schema_version (version, name, checksum)
                        values (:version, :name, :checksum)""")
                .bind("version", script.version())
                .bind("name", script.name())
                .bind("checksum", script.checksum())
                .execute();
    }

    private static void execute(Handle handle, String sql) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException("The schema could not be brought up to date.", refused);
        }
    }
}
