package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.LookupsBusyException;
import io.flowapi.platform.net.Resolver;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each send asks the guard anew, whatever was allowed when the webhook was made. The rows are planted. */
class GuardedDeliveriesTest {

    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(5);
    private static final int NOBODY_CAME_MILLIS = 200;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Planted alice = new Planted(flow);

    private List<String> attempts(String url, UrlGuard guard) {
        UUID delivery = alice.event(alice.webhook(url));
        try (Deliverer deliverer = DisturbedDeliveriesTest.deliverer(flow, guard, ATTEMPT_MAX, ATTEMPT_MAX)) {
            deliverer.deliverDue();
        }
        return alice.attempts(delivery);
    }

    /** 127.0.0.2 stands for the public address: a test must not call out. */
    private static UrlGuard production(Resolver names) {
        return new UrlGuard(GuardPolicy.production(AddressBlock.parseList("127.0.0.2/32")), names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:8443/",
                "https://2130706433:8443/",
                "https://0x7f000001:8443/",
                "https://0177.0.0.1:8443/",
                "https://[::ffff:127.0.0.1]:8443/",
                "https://127.1:8443/",
                "https://localhost:8443/",
                "http://hooks.example.com/",
                "https://hooks.example.com:25/"
            })
    void no_spelling_of_a_private_address_is_called(String url) {
        assertThat(attempts(url, production(rebinding("127.0.0.2", "127.0.0.2"))))
                .containsExactly("denied");
    }

    @Test
    void a_name_that_was_public_when_it_was_first_called_and_is_loopback_now_is_never_connected_to()
            throws IOException {
        try (ServerSocket loopback = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            UrlGuard guard = production(rebinding("127.0.0.2", "127.0.0.1"));
            UUID delivery = alice.event(alice.webhook("https://rebind.example.com:" + 8443 + "/"));
            try (Deliverer deliverer = DisturbedDeliveriesTest.deliverer(flow, guard, ATTEMPT_MAX, ATTEMPT_MAX)) {
                deliverer.deliverDue();
                flow.clock().advance(Duration.ofSeconds(6));
                deliverer.deliverDue();
            }

            assertThat(alice.attempts(delivery)).containsExactly("unreachable", "denied");
            assertNobodyCame(loopback);
        }
    }

    @Test
    void that_a_name_could_not_be_asked_for_is_no_attempt_and_it_is_asked_for_again() {
        AtomicInteger asked = new AtomicInteger();
        Resolver busyTwice = _ -> {
            if (asked.incrementAndGet() <= 2) {
                throw new LookupsBusyException();
            }
            return List.of(InetAddress.ofLiteral("127.0.0.2"));
        };

        assertThat(attempts("https://hooks.example.com:8443/", production(busyTwice)))
                .containsExactly("unreachable");
        assertThat(asked).hasValue(3);
    }

    private static Resolver rebinding(String first, String then) {
        AtomicInteger asked = new AtomicInteger();
        return _ -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? first : then));
    }

    /** Also not in the queue of those that nobody has accepted yet. */
    private static void assertNobodyCame(ServerSocket listener) throws IOException {
        listener.setSoTimeout(NOBODY_CAME_MILLIS);
        try (var came = listener.accept()) {
            throw new AssertionError("connected from " + came);
        } catch (SocketTimeoutException nobody) {
            // As it should be.
        }
    }

    @Test
    void a_redirection_to_loopback_is_not_dialled() {
        try (WebhookReceiver receiver = WebhookReceiver.start();
                WebhookReceiver inside = WebhookReceiver.start()) {
            receiver.answers(Reply.status(307).with("Location", inside.url("/")));
            UrlGuard guard =
                    new UrlGuard(GuardPolicy.development(List.of()), _ -> List.of(InetAddress.ofLiteral("127.0.0.1")));

            assertThat(attempts(receiver.url("/hooks"), guard)).containsExactly("307 redirect");
            assertThat(inside.received()).isEmpty();
        }
    }
}
