package io.flowapi.platform.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for each record: a stream of events is the JSON that it says, everything else has a time and a level. */
final class LineFormatter extends Formatter {

    /** Their messages are JSON objects already. */
    private static final Set<String> EVENTS = Set.of("io.flowapi.request", "io.flowapi.audit");

    private final LogFormat format;

    LineFormatter(LogFormat format) {
        this.format = format;
    }

    @Override
    public String format(LogRecord line) {
        Optional<String> event = EVENTS.contains(String.valueOf(line.getLoggerName())) && line.getMessage() != null
                ? JsonLine.of(line.getMessage())
                : Optional.empty();
        return event.orElseGet(() -> switch (format) {
                    case JSON -> JsonLine.of(fields(line));
                    case TEXT -> text(fields(line));
                })
                + "\n";
    }

    private static String text(Map<String, String> fields) {
        String trace = fields.remove("exception");
        String line = String.join(" ", fields.values());
        return TextLine.of(trace == null ? line : line + "\n" + trace);
    }

    private Map<String, String> fields(LogRecord line) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", line.getInstant().toString());
        fields.put("level", line.getLevel().getName());
        fields.put("logger", String.valueOf(line.getLoggerName()));
        if (Logs.REQUEST_ID.isBound()) {
            fields.put("requestId", Logs.REQUEST_ID.get());
        }
        fields.put("message", String.valueOf(formatMessage(line)));
        if (line.getThrown() != null) {
            fields.put("exception", trace(line.getThrown()));
        }
        return fields;
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
