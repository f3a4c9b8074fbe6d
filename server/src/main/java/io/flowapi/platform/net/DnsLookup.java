package io.flowapi.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the system's DNS. A lookup is a call into the C library that nothing can interrupt, so it runs on a thread of
 * its own that may be left behind; their number is bounded, and a lookup that finds none free has no answer.
 */
public final class DnsLookup implements Resolver {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(5);
    private static final int LOOKUPS_AT_ONCE_MAX = 32;
    private static final int IDLE_SECONDS_MAX = 10;

    private final Names names;
    private final Duration answerTimeMax;
    private final ExecutorService lookups = new ThreadPoolExecutor(
            0,
            LOOKUPS_AT_ONCE_MAX,
            IDLE_SECONDS_MAX,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("dns-lookup-", 0).factory());

    interface Names {
        InetAddress[] find(String name) throws UnknownHostException;
    }

    public DnsLookup() {
        this(InetAddress::getAllByName, ANSWER_TIME_MAX);
    }

    DnsLookup(Names names, Duration answerTimeMax) {
        this.names = names;
        this.answerTimeMax = answerTimeMax;
    }

    @Override
    public List<InetAddress> addressesOf(String name) {
        Future<InetAddress[]> lookup;
        try {
            lookup = lookups.submit(() -> names.find(absolute(name)));
        } catch (RejectedExecutionException noThreadFree) {
            return List.of();
        }
        try {
            return List.of(lookup.get(answerTimeMax.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException noAnswer) {
            lookup.cancel(true);
            return List.of();
        } catch (InterruptedException stopped) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Without the final dot, a search domain of this machine could turn an outside name into an inside one. */
    private static String absolute(String name) {
        return name + ".";
    }
}
