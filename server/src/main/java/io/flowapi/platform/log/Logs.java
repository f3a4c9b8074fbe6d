package io.flowapi.platform.log;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends every log line to standard error, where a supervisor collects it; standard output is for answers. */
public final class Logs {

    /** What these say at every start is of no use to an operator. Held here, or the settings would be collected. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.networknt"), Logger.getLogger("com.zaxxer"));

    private Logs() {}

    public static void configure() {
        Logger root = Logger.getLogger("");
        for (Handler inherited : root.getHandlers()) {
            root.removeHandler(inherited);
        }
        Handler lines = new FlushingHandler();
        lines.setFormatter(new LineFormatter());
        root.addHandler(lines);
        QUIET.forEach(library -> library.setLevel(Level.SEVERE));
    }

    private static final class FlushingHandler extends StreamHandler {
        FlushingHandler() {
            super(System.err, new LineFormatter());
        }

        @Override
        public synchronized void publish(LogRecord line) {
            super.publish(line);
            flush();
        }
    }
}
