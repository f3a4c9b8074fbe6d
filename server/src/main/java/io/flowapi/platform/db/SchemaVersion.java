package io.flowapi.platform.db;

/**
 * How far a database's schema is.
 *
 * @param applied the last migration that was applied to it; 0 when there was none
 * @param known the last one of this program
 */
public record SchemaVersion(int applied, int known) {
    static final String SQL = "select coalesce(max(version), 0) from schema_version";

    public boolean current() {
        return applied == known;
    }
}
