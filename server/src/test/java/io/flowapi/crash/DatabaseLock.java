package io.flowapi.crash;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Keeps a running server from committing, from a second connection to its database, until it is closed. */
final class DatabaseLock implements AutoCloseable {

    private final Connection connection;

    private DatabaseLock(Connection connection) {
        this.connection = connection;
    }

    static DatabaseLock take(Path data, Map<String, String> environment) {
        String url = environment.get("DATABASE_URL");
        DatabaseLock lock =
                new DatabaseLock(url == null ? connect("jdbc:sqlite:" + data.resolve("flow.db")) : connect(url));
        if (url == null) {
            lock.execute("pragma busy_timeout = 5000");
            lock.execute("begin immediate");
        } else {
            lock.execute("begin");
            // The first thing that a worker writes of what became of a send.
            lock.execute("lock table posts in exclusive mode");
        }
        return lock;
    }

    private static Connection connect(String url) {
        try {
            if (!url.startsWith("postgres://")) {
                return DriverManager.getConnection(url);
            }
            URI server = URI.create(url);
            String[] login = server.getUserInfo().split(":", 2);
            return DriverManager.getConnection(
                    "jdbc:postgresql://" + server.getHost() + ":" + server.getPort() + server.getPath(),
                    login[0],
                    login[1]);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** How many targets the database has in this status. */
    int targets(String status) {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from targets where status = '" + status + "'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** As if the leases of a dead worker had run out; where a restart does not void them, nobody has to wait for it. */
    void endLeases() {
        execute("update jobs set lease_until = 0 where state = 'running'");
    }

    /** As if nobody had heard of any worker for longer than is borne with. */
    void endHeartbeats() {
        execute("update workers set heartbeat_at = heartbeat_at - 60000");
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }

    @Override
    public void close() {
        try (connection) {
            execute("commit");
        } catch (SQLException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
