package io.flowapi.platform.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for each record: the JSON of the request log and the audit log as it is, everything else as text. */
final class LineFormatter extends Formatter {

    private static final Set<String> JSON = Set.of("io.flowapi.request", "io.flowapi.audit");

    @Override
    public String format(LogRecord line) {
        if (line.getLoggerName() != null && JSON.contains(line.getLoggerName())) {
            return line.getMessage() + "\n";
        }
        return line.getInstant() + " " + line.getLevel() + " " + line.getLoggerName() + " " + formatMessage(line)
                + trace(line) + "\n";
    }

    private static String trace(LogRecord line) {
        if (line.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }
}
