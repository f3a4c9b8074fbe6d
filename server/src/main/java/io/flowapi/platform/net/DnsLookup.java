package io.flowapi.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the system's DNS. A lookup is a call into the C library that nothing can interrupt, so it runs on a thread of its own
 * that may be left behind. The threads are bounded in number: a lookup waits for one, in turn, and a name that hangs holds one
 * however many ask for it.
 */
public final class DnsLookup implements Resolver {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);
    private static final int LOOKUPS_AT_ONCE_MAX = 32;
    private static final int IDLE_SECONDS_MAX = 10;

    private final Names names;
    private final Duration answerTimeMax;
    private final ThreadPoolExecutor threads;
    /** By name; guarded by this object. What ends leaves at once: no answer is kept. */
    private final Map<String, Lookup> underWay = new HashMap<>();

    interface Names {
        InetAddress[] find(String name) throws UnknownHostException;
    }

    public DnsLookup() {
        this(InetAddress::getAllByName, ANSWER_TIME_MAX, LOOKUPS_AT_ONCE_MAX);
    }

    DnsLookup(Names names, Duration answerTimeMax, int lookupsAtOnceMax) {
        this.names = names;
        this.answerTimeMax = answerTimeMax;
        this.threads = new ThreadPoolExecutor(
                lookupsAtOnceMax,
                lookupsAtOnceMax,
                IDLE_SECONDS_MAX,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("dns-lookup-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> addressesOf(String name) {
        Lookup lookup = join(name);
        try {
            return List.of(lookup.get(answerTimeMax.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException noAnswer) {
            return List.of();
        } catch (TimeoutException late) {
            if (threads.getQueue().contains(lookup)) {
                throw new LookupsBusyException();
            }
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            leave(name, lookup);
        }
    }

    private synchronized Lookup join(String name) {
        Lookup lookup = underWay.get(name);
        if (lookup == null) {
            lookup = new Lookup(name);
            threads.execute(lookup);
            underWay.put(name, lookup);
        }
        lookup.waiting++;
        return lookup;
    }

    /** What has not begun and nobody waits for any more gives up its place. */
    private synchronized void leave(String name, Lookup lookup) {
        lookup.waiting--;
        if (lookup.waiting == 0 && threads.remove(lookup)) {
            underWay.remove(name);
        }
    }

    private synchronized void ended(String name) {
        underWay.remove(name);
    }

    /** Without the final dot, a search domain of this machine could turn an outside name into an inside one. */
    private static String absolute(String name) {
        return name + ".";
    }

    private final class Lookup extends FutureTask<InetAddress[]> {
        private int waiting;

        Lookup(String name) {
            super(() -> {
                try {
                    return names.find(absolute(name));
                } finally {
                    ended(name);
                }
            });
        }
    }
}
