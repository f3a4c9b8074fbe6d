package io.flowapi.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DnsLookupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Test
    void namesAreAskedForAsAbsoluteNames() {
        List<String> asked = new ArrayList<>();
        InetAddress address = InetAddress.ofLiteral("93.184.216.34");
        var dns = new DnsLookup(
                name -> {
                    asked.add(name);
                    return new InetAddress[] {address};
                },
                PATIENCE);

        assertThat(dns.addressesOf("hooks.example.com")).containsExactly(address);
        assertThat(asked).containsExactly("hooks.example.com.");
    }

    @Test
    void anUnknownNameHasNoAnswer() {
        var dns = new DnsLookup(
                name -> {
                    throw new UnknownHostException(name);
                },
                PATIENCE);

        assertThat(dns.addressesOf("nowhere.example.com")).isEmpty();
    }

    @Test
    void aSlowAnswerIsNoAnswerAndHoldsUpNobody() {
        var never = new CountDownLatch(1);
        var dns = new DnsLookup(name -> answerAfter(never), Duration.ofMillis(50));
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
                Duration.ofMillis(1));

        for (int i = 0; i < 100; i++) {
            assertThat(dns.addressesOf("slow.example.com")).isEmpty();
        }

        assertThat(1000 - started.getCount()).isBetween(1L, 32L);
        never.countDown();
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
        return new InetAddress[0];
    }
}
