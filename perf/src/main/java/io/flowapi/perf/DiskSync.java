package io.flowapi.perf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;

/** How long the disk takes to make one page durable: the floor under everything measured here. */
final class DiskSync {

    private static final int PAGES = 300;
    private static final int PAGE_BYTES = 4096;

    private DiskSync() {}

    static Sample measure(Path directory) throws IOException {
        Path file = directory.resolve("sync-probe");
        long[] nanos = new long[PAGES];
        long started = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < PAGES; i++) {
                long before = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE_BYTES));
                channel.force(false);
                nanos[i] = System.nanoTime() - before;
            }
        }
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        Files.delete(file);
        Arrays.sort(nanos);
        return new Sample(nanos, time, Duration.ZERO);
    }
}
