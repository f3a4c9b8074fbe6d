package io.flowapi.platform.db;

public enum Engine {
    SQLITE,
    POSTGRESQL
}
