package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.testing.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DnsLookupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Nobody waits for it to end. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("93.184.216.34");

    @Test
    void namesAreAskedForAsAbsoluteNames() {
        List<String> asked = new ArrayList<>();
        var dns = new DnsLookup(
                name -> {
                    asked.add(name);
                    return new InetAddress[] {ADDRESS};
                },
                PATIENCE,
                1);

        assertThat(dns.addressesOf("hooks.example.com")).containsExactly(ADDRESS);
        assertThat(asked).containsExactly("hooks.example.com.");
    }

    @Test
    void anUnknownNameHasNoAnswer() {
        var dns = new DnsLookup(
                name -> {
                    throw new UnknownHostException(name);
                },
                PATIENCE,
                1);

        assertThat(dns.addressesOf("nowhere.example.com")).isEmpty();
    }

    @Test
    void aSlowAnswerIsNoAnswerAndHoldsUpNobody() {
        var never = new CountDownLatch(1);
        var dns = new DnsLookup(name -> answerAfter(never), Duration.ofMillis(50), 1);
        long start = System.nanoTime();

        for (int i = 0; i < 3; i++) {
            assertThat(dns.addressesOf("slow.example.com")).isEmpty();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        never.countDown();
    }

    @Test
    void lookupsThatHangAreBoundedInNumber() {
        var never = new CountDownLatch(1);
        var started = new CountDownLatch(1000);
        var dns = new DnsLookup(
                name -> {
                    started.countDown();
                    return answerAfter(never);
                },
                Duration.ofMillis(1),
                3);

        for (int i = 0; i < 3; i++) {
            assertThat(dns.addressesOf(i + ".example.com")).isEmpty();
        }
        for (int i = 3; i < 100; i++) {
            String name = i + ".example.com";
            assertThatThrownBy(() -> dns.addressesOf(name)).isInstanceOf(LookupsBusyException.class);
        }

        Await.within(LONG, () -> 1000 - started.getCount() == 3);
        never.countDown();
    }

    @Test
    void aLookupThatFindsNoThreadFreeWaitsForOne() {
        var released = new CountDownLatch(1);
        var dns = new DnsLookup(name -> answerAfter(released), LONG, 2);
        List<Asker> askers = IntStream.range(0, 40)
                .mapToObj(i -> Asker.of(dns, i + ".example.com"))
                .toList();
        askers.forEach(Asker::awaitWaiting);

        released.countDown();

        assertThat(askers).extracting(Asker::answer).containsOnly(List.of(ADDRESS));
    }

    @Test
    void thoseWhoAskForANameAtTheSameMomentShareItsAnswerAndNobodyAfterThem() {
        var released = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var dns = new DnsLookup(
                name -> {
                    asked.incrementAndGet();
                    return answerAfter(released);
                },
                LONG,
                8);
        List<Asker> askers = IntStream.range(0, 8)
                .mapToObj(_ -> Asker.of(dns, "same.example.com"))
                .toList();
        askers.forEach(Asker::awaitWaiting);

        released.countDown();

        assertThat(askers).extracting(Asker::answer).containsOnly(List.of(ADDRESS));
        assertThat(asked).hasValue(1);
        assertThat(dns.addressesOf("same.example.com")).containsExactly(ADDRESS);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aNameThatNobodyWaitsForAnyMoreIsNotAskedFor() {
        var released = new CountDownLatch(1);
        List<String> asked = new CopyOnWriteArrayList<>();
        var dns = new DnsLookup(
                name -> {
                    asked.add(name);
                    return answerAfter(released);
                },
                Duration.ofMillis(50),
                1);
        assertThat(dns.addressesOf("hangs.example.com")).isEmpty();
        assertThatThrownBy(() -> dns.addressesOf("given-up.example.com")).isInstanceOf(LookupsBusyException.class);

        released.countDown();
        Await.within(LONG, () -> answers(dns, "works.example.com"));

        assertThat(asked).contains("hangs.example.com.", "works.example.com.").doesNotContain("given-up.example.com.");
    }

    private static boolean answers(DnsLookup dns, String name) {
        try {
            return !dns.addressesOf(name).isEmpty();
        } catch (LookupsBusyException stillBusy) {
            return false;
        }
    }

    private record Asker(Thread thread, CompletableFuture<List<InetAddress>> found) {

        static Asker of(Resolver dns, String name) {
            var found = new CompletableFuture<List<InetAddress>>();
            return new Asker(Thread.ofPlatform().start(() -> found.complete(dns.addressesOf(name))), found);
        }

        void awaitWaiting() {
            Await.within(LONG, () -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        List<InetAddress> answer() {
            return found.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** Deaf to interruption, as the C library is. */
    private static InetAddress[] answerAfter(CountDownLatch released) {
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (InterruptedException ignored) {
                Thread.interrupted();
            }
        }
        return new InetAddress[] {ADDRESS};
    }
}
