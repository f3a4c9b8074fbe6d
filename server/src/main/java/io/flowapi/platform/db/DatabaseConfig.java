package io.flowapi.platform.db;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param directory where the embedded database keeps {@code flow.db}
 * @param url of a PostgreSQL database; null for the embedded one
 * @param timeout how long one transaction may wait for its turn, and then how long it may run
 */
public record DatabaseConfig(Path directory, @Nullable String url, Duration timeout) {
    /** Leaves out the URL, which holds the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[directory=" + directory + ", timeout=" + timeout + "]";
    }
}
