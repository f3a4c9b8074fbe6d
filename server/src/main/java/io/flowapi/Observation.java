package io.flowapi;

import io.flowapi.backup.BackupMeters;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.installation.InstallationMeters;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.faults.TrackerAddress;
import io.flowapi.platform.http.ManagementListener;
import io.flowapi.platform.http.Replies;
import io.flowapi.platform.http.RequestMeters;
import io.flowapi.platform.http.RequestWatch;
import io.flowapi.platform.metrics.JvmMeters;
import io.helidon.webserver.WebServer;
import java.util.stream.Stream;

/** What the process tells whoever looks after it: its figures, and its faults. Part of the composition root. */
record Observation(Config.Management at, FaultReports faults, RequestWatch watch, WebServer listener)
        implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Observation.class.getName());

    static Observation of(Config config, Installation flow, Replies replies) {
        Config.Management at = config.management();
        FaultReports faults = faults(config);
        RequestWatch watch = new RequestWatch(flow.clock(), new RequestMeters(flow.metrics()), faults);
        InstallationMeters.register(config, flow);
        BackupMeters.register(flow.metrics(), flow.directory().path(), flow.clock());
        JvmMeters.register(flow.metrics());
        return new Observation(
                at,
                faults,
                watch,
                ManagementListener.on(at.host(), at.port(), config.production(), replies, flow.metrics()));
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

    void start() {
        FlowServer.listen(listener, "FLOW_MANAGEMENT_PORT " + at.port() + " of " + at.host());
        LOG.log(System.Logger.Level.INFO, "metrics are at http://" + at.host() + ":" + listener.port() + "/metrics");
    }

    @Override
    public void close() {
        faults.close();
        if (listener.isRunning()) {
            listener.stop();
        }
    }
}
