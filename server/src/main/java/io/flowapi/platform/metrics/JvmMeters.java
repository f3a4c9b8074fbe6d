package io.flowapi.platform.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** Memory, collections, threads, processors and open files, under Micrometer's own names. */
public final class JvmMeters {

    private JvmMeters() {}

    public static void register(Metrics metrics) {
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(metrics.registry());
        metrics.closeWithThis(collections);
        new JvmMemoryMetrics().bindTo(metrics.registry());
        new JvmThreadMetrics().bindTo(metrics.registry());
        new ProcessorMetrics().bindTo(metrics.registry());
        new FileDescriptorMetrics().bindTo(metrics.registry());
        new UptimeMetrics().bindTo(metrics.registry());
    }
}
