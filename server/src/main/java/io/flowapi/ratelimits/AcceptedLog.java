package io.flowapi.ratelimits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flowapi.platform.files.OwnerOnly;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file {@code limits.log}: what was accepted, a line each, so that a restart forgets nothing. It is not synced: it is
 * whole after a death of the process, and after a power loss may lack its end. Once the file goes back over a window it
 * becomes {@code limits.log.old}, whose own lines are all older than that and of no more use.
 */
final class AcceptedLog implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AcceptedLog.class.getName());

    /** The entries of a window can lie this much ahead. */
    private static final long SWAP_MILLIS = Window.MILLIS + 1_000;

    /** A request that was held up on its way here is behind the first line too, but not by so much. */
    private static final long SET_BACK_MILLIS = Duration.ofHours(1).toMillis();

    // Latin-1, because it reads any bytes that a power loss may have left.
    private static final Pattern LINE = Pattern.compile("(\\d{1,15}) (\\S+)((?: [a-z-]+=\\d{1,15})+)");
    private static final Pattern ENTRY = Pattern.compile("([a-z-]+)=(\\d+)");

    private final Path file;
    private final Path old;
    private final Path next;
    private final ReentrantLock lock = new ReentrantLock();
    private OutputStream out;
    /** When its first line was written, or was to be; negative while there was none. */
    private long first;

    /** Whether its last line may be cut short. */
    private boolean broken;

    /** Hears of what was accepted. */
    @FunctionalInterface
    interface Listener {
        void accepted(String subject, RateClass counted, long stamp);
    }

    private AcceptedLog(Path file) throws IOException {
        this.file = file;
        old = file.resolveSibling(file.getFileName() + ".old");
        next = file.resolveSibling(file.getFileName() + ".new");
        out = opened(file);
        first = firstTime();
        // The line that a death cut short must not take the next one with it.
        broken = Files.size(file) > 0;
    }

    static AcceptedLog open(Path directory) {
        try {
            return new AcceptedLog(directory.resolve("limits.log"));
        } catch (IOException unusable) {
            throw new UncheckedIOException("The log of the rate limits cannot be opened", unusable);
        }
    }

    /** A file stream and not a channel: an interrupted thread would close a channel for everybody. */
    private static OutputStream opened(Path path) throws IOException {
        if (!Files.exists(path)) {
            OwnerOnly.emptyFile(path);
        }
        return new FileOutputStream(path.toFile(), true);
    }

    private long firstTime() throws IOException {
        try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
            return lines.map(LINE::matcher)
                    .filter(line -> line.matches())
                    .map(line -> Long.parseLong(line.group(1)))
                    .findFirst()
                    .orElse(-1L);
        }
    }

    /** Reads what is there. What is no line of ours is a line that was cut short, and its request was never answered. */
    void forEach(Listener listener) {
        for (Path each : List.of(old, file)) {
            if (Files.exists(each)) {
                try (Stream<String> lines = Files.lines(each, ISO_8859_1)) {
                    lines.forEach(line -> read(line, listener));
                } catch (IOException unreadable) {
                    throw new UncheckedIOException("The log of the rate limits cannot be read", unreadable);
                }
            }
        }
    }

    private static void read(String text, Listener listener) {
        var line = LINE.matcher(text);
        if (!line.matches()) {
            return;
        }
        for (MatchResult entry : ENTRY.matcher(line.group(3)).results().toList()) {
            for (RateClass counted : RateClass.values()) {
                if (counted.word().equals(entry.group(1))) {
                    listener.accepted(line.group(2), counted, Long.parseLong(entry.group(2)));
                }
            }
        }
    }

    /**
     * Writes down one request. When that fails the limits still hold until the process ends.
     *
     * @return whether a window is over since this was last said: what is older is of no more use, on the disk or in memory
     */
    boolean append(long now, String subject, List<Quota> quotas) {
        lock.lock();
        try {
            boolean over = first >= 0 && (now - first > SWAP_MILLIS || first - now > SET_BACK_MILLIS);
            if (over) {
                swap();
            }
            // A file that cannot be written has its time too, or nothing would be forgotten as long as the disk is
            // full.
            first = over || first < 0 ? now : first;
            write(line(now, subject, quotas));
            return over;
        } finally {
            lock.unlock();
        }
    }

    private void write(String line) {
        try {
            out.write(((broken ? "\n" : "") + line).getBytes(ISO_8859_1));
            broken = false;
        } catch (IOException full) {
            if (!broken) {
                LOG.log(System.Logger.Level.WARNING, "Rate limits are kept in memory only.", full);
            }
            broken = true;
        }
    }

    /**
     * Nothing is given up before there is something in its place: a swap that fails anywhere leaves a stream whose lines a
     * restart reads, in one file or the other, and the next one, a window later, takes up what is left of it.
     */
    private void swap() {
        try {
            // One that was left by a swap that failed is empty.
            OutputStream opened = opened(next);
            try {
                if (Files.exists(file)) {
                    Files.move(file, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                }
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException refused) {
                opened.close();
                throw refused;
            }
            OutputStream before = out;
            out = opened;
            broken = false;
            before.close();
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.WARNING, "The log of the rate limits grows until it can be replaced.", refused);
        }
    }

    private static String line(long now, String subject, List<Quota> quotas) {
        StringBuilder line = new StringBuilder().append(now).append(' ').append(subject);
        for (Quota quota : quotas) {
            line.append(' ').append(quota.counted().word()).append('=').append(Window.stamp(now, quota.limit()));
        }
        return line.append('\n').toString();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            out.close();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } finally {
            lock.unlock();
        }
    }
}
