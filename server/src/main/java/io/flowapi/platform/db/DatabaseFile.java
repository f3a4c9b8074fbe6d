package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/** The file of an embedded database, read as it is, whoever else works on it meanwhile. Nothing here changes it. */
public final class DatabaseFile {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int FINDINGS_MAX = 3;

    private final Path path;

    private DatabaseFile(Path path) {
        this.path = path;
    }

    /** The one that a server keeps in this directory. */
    public static DatabaseFile in(Path directory) {
        return new DatabaseFile(directory.resolve(SqliteTransactions.FILE));
    }

    /** What was found in a sound database. */
    public record Contents(int schemaVersion, Map<String, Long> rows) {}

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.isRegularFile(path);
    }

    /** The database of one moment, packed, in a file that is missing or empty until now. Writers are not held up. */
    public void copyTo(DatabaseFile copy) {
        try (Connection source = open();
                PreparedStatement vacuum = source.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, copy.path.toString());
            vacuum.execute();
        } catch (SQLException refused) {
            throw failure("The database " + path + " could not be copied", refused);
        }
    }

    /** @throws DatabaseFailure when a page or a reference in it is broken */
    public Contents examine() {
        try (Connection connection = open()) {
            List<String> damage = texts(connection, "pragma integrity_check(" + FINDINGS_MAX + ")");
            if (!damage.equals(List.of("ok"))) {
                throw new DatabaseFailure(Reason.UNAVAILABLE, path + " is damaged: " + String.join("; ", damage), null);
            }
            if (!texts(connection, "pragma foreign_key_check").isEmpty()) {
                throw new DatabaseFailure(Reason.UNAVAILABLE, path + " has rows that refer to missing rows", null);
            }
            return new Contents(Math.toIntExact(number(connection, SchemaVersion.SQL)), rows(connection));
        } catch (SQLException refused) {
            throw failure("The database " + path + " cannot be read", refused);
        }
    }

    private static Map<String, Long> rows(Connection connection) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        String tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
        for (String table : texts(connection, tables)) {
            rows.put(table, number(connection, "select count(*) from \"" + table + "\""));
        }
        return rows;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    private static DatabaseFailure failure(String sentence, SQLException refused) {
        return new DatabaseFailure(Reason.UNAVAILABLE, sentence, refused);
    }
}
