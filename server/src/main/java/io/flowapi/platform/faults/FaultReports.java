package io.flowapi.platform.faults;

import io.sentry.Hint;
import io.sentry.NoOpLogger;
import io.sentry.NoOpScope;
import io.sentry.SentryClient;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.SentryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the error tracker of faults of ours, if there is one. Nobody waits for it: events wait in a short queue, and what
 * does not fit or cannot be sent is dropped, because the log has it too.
 *
 * <p>The library's client is used without its global start, so that it hooks into nothing: no handler of uncaught
 * exceptions, no shutdown hook, no sessions, nothing collected but what is given.
 */
public final class FaultReports implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FaultReports.class.getName());

    private static final int EVENTS_WAITING_MAX = 100;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Duration FLUSH_AT_STOP_MAX = Duration.ofSeconds(2);

    private final @Nullable SentryClient client;

    private FaultReports(@Nullable SentryClient client) {
        this.client = client;
    }

    /** Tells nobody. */
    public static FaultReports none() {
        return new FaultReports(null);
    }

    /** @param secrets texts that must not leave, beside what looks like a secret */
    public static FaultReports to(TrackerAddress tracker, String version, String environment, List<String> secrets) {
        Scrubbing scrubbing = new Scrubbing(secrets);
        SentryOptions options = new SentryOptions();
        options.setDsn(tracker.dsn());
        options.setRelease("flow-api@" + version);
        options.setEnvironment(environment);
        options.setBeforeSend((event, hint) -> scrubbed(event, scrubbing));
        options.setMaxQueueSize(EVENTS_WAITING_MAX);
        options.setConnectionTimeoutMillis((int) CONNECT_MAX.toMillis());
        options.setReadTimeoutMillis((int) ANSWER_MAX.toMillis());
        options.setFlushTimeoutMillis(FLUSH_AT_STOP_MAX.toMillis());
        options.setShutdownTimeoutMillis(FLUSH_AT_STOP_MAX.toMillis());
        options.setAttachServerName(false);
        options.setSendDefaultPii(false);
        options.setSendModules(false);
        options.setSendClientReports(false);
        options.setEnableUncaughtExceptionHandler(false);
        options.setEnableShutdownHook(false);
        options.setEnableAutoSessionTracking(false);
        options.setLogger(NoOpLogger.getInstance());
        return new FaultReports(new SentryClient(options));
    }

    /** @param tags such as {@code operation} and {@code request_id} */
    public void report(Throwable fault, Map<String, String> tags) {
        if (client == null) {
            return;
        }
        try {
            SentryEvent event = new SentryEvent(fault);
            event.setLevel(SentryLevel.ERROR);
            tags.forEach(event::setTag);
            client.captureEvent(event, NoOpScope.getInstance(), new Hint());
        } catch (RuntimeException | Error notTold) {
            // Whoever reports a fault is about to answer for it.
            LOG.log(System.Logger.Level.DEBUG, "the error tracker was not told", notTold);
        }
    }

    private static SentryEvent scrubbed(SentryEvent event, Scrubbing scrubbing) {
        List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            exceptions.stream()
                    .filter(exception -> exception.getValue() != null)
                    .forEach(exception -> exception.setValue(scrubbing.scrub(exception.getValue())));
        }
        Map<String, String> tags = event.getTags();
        if (tags != null) {
            Map.copyOf(tags).forEach((name, value) -> event.setTag(name, scrubbing.scrub(value)));
        }
        return event;
    }

    /** Sends what waits, for a short time. */
    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
