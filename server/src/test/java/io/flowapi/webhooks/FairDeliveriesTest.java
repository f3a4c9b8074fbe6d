package io.flowapi.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.WebhookReceiver;
import io.flowapi.testing.WebhookReceiver.Received;
import io.flowapi.testing.WebhookReceiver.Reply;
import io.flowapi.webhooks.DueDeliveryStore.Turn;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets the places when there are fewer of them than deliveries. */
class FairDeliveriesTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int PLACES = 10;
    private static final int MANY = 1000;

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Semaphore slowMayGo = new Semaphore(0);
    private final Semaphore quickMayGo = new Semaphore(0);
    private WebhookReceiver receiver;

    @BeforeEach
    void open() {
        receiver = WebhookReceiver.start();
        receiver.answers(attempt -> {
            (attempt.path().startsWith("/slow") ? slowMayGo : quickMayGo).acquireUninterruptibly();
            return Reply.status(200);
        });
    }

    @AfterEach
    void close() {
        slowMayGo.release(MANY);
        quickMayGo.release(MANY);
        receiver.close();
        // The tests share a database, and whoever waits in it takes part.
        flow.installation().database().write(tx -> tx.execute("delete from webhooks"));
    }

    /** A user whose webhooks are all slow, and have two deliveries each waiting since before. */
    private Planted flooder(int webhooks) {
        Planted user = new Planted(flow);
        IntStream.range(0, webhooks).forEach(_ -> user.webhook(receiver.url("/slow")));
        user.caller().channel();
        user.caller().channel();
        return user;
    }

    private Deliverer deliverer() {
        return DisturbedDeliveriesTest.deliverer(
                flow,
                new UrlGuard(GuardPolicy.development(List.of()), _ -> List.of()),
                new Deliverer.Limits(Duration.ofSeconds(30), Duration.ofMillis(1), PLACES));
    }

    @Test
    void who_has_nothing_under_way_gets_the_first_place_that_is_free() {
        for (int user = 0; user < 4; user++) {
            flooder(25);
        }
        try (Deliverer deliverer = deliverer()) {
            deliverer.start();
            Await.within(WITHIN, () -> receiver.received("/slow").size() == PLACES);
            flow.clock().advance(Duration.ofSeconds(1));
            Planted bob = new Planted(flow);
            bob.event(bob.webhook(receiver.url("/quick")));
            assertThat(receiver.received("/quick")).isEmpty();

            slowMayGo.release();

            Await.within(WITHIN, () -> receiver.received("/quick").size() == 1);
            assertThat(receiver.received("/slow")).hasSize(PLACES);
        }
    }

    @Test
    void each_webhook_has_one_place_before_another_has_two() {
        Planted alice = new Planted(flow);
        IntStream.range(0, PLACES).forEach(i -> alice.webhook(receiver.url("/slow/" + i)));
        alice.caller().channel();
        alice.caller().channel();
        try (Deliverer deliverer = deliverer()) {
            deliverer.start();
            Await.within(WITHIN, () -> receiver.received().size() == PLACES);

            assertThat(receiver.received()).extracting(Received::path).doesNotHaveDuplicates();
        }
    }

    @Test
    void users_take_turns_however_many_webhooks_one_has_and_however_long_they_wait() {
        flooder(3);
        flow.clock().advance(Duration.ofSeconds(1));
        Planted bob = new Planted(flow);
        UUID webhook = bob.webhook(receiver.url("/quick"));
        bob.event(webhook);

        List<Turn> turns = flow.installation()
                .database()
                .read(tx -> new DueDeliveryStore(flow.installation().ids())
                        .turns(tx, flow.clock().instant(), MANY));

        assertThat(turns).extracting(Turn::webhook).hasSize(4).element(1).isEqualTo(webhook);
    }
}
