package io.flowapi.platform.log;

/** How application log lines look. The request log is JSON in both. */
public enum LogFormat {
    TEXT,
    JSON
}
