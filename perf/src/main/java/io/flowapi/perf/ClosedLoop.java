package io.flowapi.perf;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Callers that each send the next create when the last one was answered. */
record ClosedLoop(int callers, Duration time) {

    /** Opens a caller's connection, or whatever it calls with. */
    interface Caller {
        Call open() throws IOException;
    }

    /** @param worker the process that does the work */
    Sample run(Caller caller, ProcessHandle worker) throws InterruptedException {
        Duration cpuBefore = cpu(worker);
        long started = System.nanoTime();
        long end = started + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<List<Long>>> loops = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                loops.add(() -> loop(caller, end));
            }
            long[] nanos = threads.invokeAll(loops).stream()
                    .flatMapToLong(ClosedLoop::latencies)
                    .sorted()
                    .toArray();
            return new Sample(
                    nanos,
                    Duration.ofNanos(System.nanoTime() - started),
                    cpu(worker).minus(cpuBefore));
        }
    }

    private static Duration cpu(ProcessHandle worker) {
        return worker.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static List<Long> loop(Caller caller, long end) throws IOException {
        List<Long> nanos = new ArrayList<>();
        try (Call call = caller.open()) {
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                call.make();
                nanos.add(System.nanoTime() - now);
            }
        }
        return nanos;
    }

    private static LongStream latencies(Future<List<Long>> loop) {
        try {
            return loop.get().stream().mapToLong(Long::longValue);
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("a caller gave up", failed);
        }
    }
}
