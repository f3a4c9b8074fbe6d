package io.flowapi.platform.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for each record: the request log's JSON as it is, everything else as text. */
final class LineFormatter extends Formatter {

    @Override
    public String format(LogRecord line) {
        if ("io.flowapi.request".equals(line.getLoggerName())) {
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
