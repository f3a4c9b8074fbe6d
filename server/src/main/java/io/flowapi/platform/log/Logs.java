package io.flowapi.platform.log;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends every log line to standard error, where a supervisor collects it; standard output is for answers. */
public final class Logs {

    /** The id of the request that this thread works on; lines written meanwhile carry it. */
    public static final ScopedValue<String> REQUEST_ID = ScopedValue.newInstance();

    /** What these say at every start is of no use to an operator. Held here, or the settings would be collected. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.networknt"), Logger.getLogger("com.zaxxer"));

    private static final System.Logger UNCAUGHT = System.getLogger(Logs.class.getName());

    private Logs() {}

    public static void configure(LogFormat format) {
        Logger root = Logger.getLogger("");
        for (Handler inherited : root.getHandlers()) {
            root.removeHandler(inherited);
        }
        root.addHandler(new FlushingHandler(format));
        QUIET.forEach(library -> library.setLevel(Level.SEVERE));
        // The JVM would write it as it is.
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) ->
                UNCAUGHT.log(System.Logger.Level.ERROR, () -> "The thread " + thread.getName() + " ended.", fault));
    }

    private static final class FlushingHandler extends StreamHandler {
        FlushingHandler(LogFormat format) {
            super(System.err, new LineFormatter(format));
        }

        @Override
        public synchronized void publish(LogRecord line) {
            super.publish(line);
            flush();
        }
    }
}
