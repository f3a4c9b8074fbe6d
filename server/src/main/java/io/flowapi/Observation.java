package io.flowapi;

import io.flowapi.backup.BackupMeters;
import io.flowapi.health.DependencyHealth;
import io.flowapi.health.HealthResource;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.installation.InstallationMeters;
import io.flowapi.platform.db.ClockMeters;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.faults.TrackerAddress;
import io.flowapi.platform.http.ManagementListener;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.RequestMeters;
import io.flowapi.platform.http.RequestWatch;
import io.flowapi.platform.jobs.JobQueue;
import io.flowapi.platform.jobs.QueueHealth;
import io.flowapi.platform.metrics.JvmMeters;
import io.helidon.webserver.WebServer;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the process tells whoever looks after it: its figures, and its faults. Part of the composition root. */
final class Observation implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Observation.class.getName());

    private final Config.Management at;
    private final FaultReports faults;
    private final RequestWatch watch;
    private final IntFunction<WebServer> listeners;
    private @Nullable WebServer listener;

    private Observation(
            Config.Management at, FaultReports faults, RequestWatch watch, IntFunction<WebServer> listeners) {
        this.at = at;
        this.faults = faults;
        this.watch = watch;
        this.listeners = listeners;
    }

    static Observation of(Config config, Installation flow, Replies replies) {
        Config.Management at = config.management();
        FaultReports faults = faults(config);
        RequestWatch watch = new RequestWatch(flow.clock(), new RequestMeters(flow.metrics()), faults);
        InstallationMeters.register(config, flow);
        ClockMeters.register(flow.metrics(), flow.clock());
        BackupMeters.register(flow.metrics(), flow.directory().path(), flow.clock());
        JvmMeters.register(flow.metrics());
        return new Observation(
                at,
                faults,
                watch,
                port -> ManagementListener.on(at.host(), port, config.production(), replies, flow.metrics()));
    }

    /** @param draining whether the server is about to end */
    static HealthResource health(Installation flow, JobQueue queue, BooleanSupplier draining) {
        return new HealthResource(
                new HealthResource.Checks(
                        DependencyHealth.database(flow.database(), flow.clock()),
                        DependencyHealth.writing(flow.database(), flow.clock()),
                        DependencyHealth.storage(flow.directory(), flow.clock()),
                        DependencyHealth.queue(new QueueHealth(flow.database(), queue, flow.clock()), flow.clock())),
                draining,
                Build.version(),
                flow.clock());
    }

    private static FaultReports faults(Config config) {
        TrackerAddress tracker = config.errorTracker();
        if (tracker == null) {
            return FaultReports.none();
        }
        String environment = config.production() ? "production" : "development";
        return FaultReports.to(
                tracker,
                Build.version(),
                environment,
                Stream.ofNullable(config.databaseUrl()).toList());
    }

    FaultReports faults() {
        return faults;
    }

    RequestWatch watch() {
        return watch;
    }

    void start() {
        WebServer started = listeners.apply(at.port()).start();
        if (!started.isRunning() && at.orAnyFree()) {
            LOG.log(System.Logger.Level.WARNING, "port " + at.port() + " is taken: set FLOW_MANAGEMENT_PORT");
            started = listeners.apply(0).start();
        }
        isListening(started, "FLOW_MANAGEMENT_PORT " + at.port() + " of " + at.host());
        listener = started;
        LOG.log(System.Logger.Level.INFO, "metrics are at http://" + at.host() + ":" + port() + "/metrics");
    }

    /** The framework writes a failure to its log and goes on. */
    static void isListening(WebServer server, String where) {
        if (!server.isRunning()) {
            throw new IllegalStateException(where + " cannot be listened on: it may be in use. The log says more.");
        }
    }

    /** The port that the figures are read on. */
    int port() {
        return Objects.requireNonNull(listener, "not started").port();
    }

    @Override
    public void close() {
        faults.close();
        if (listener != null) {
            listener.stop();
        }
    }
}
