package io.flowapi.providers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxPublisherTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();
    private final UUID channel = UUID.fromString(alice.channel());

    @Test
    void a_send_that_was_held_up_until_after_its_resolution_publishes_nothing() {
        Sending heldUp = sending(1);

        assertThat(publisher().resolve(heldUp)).isInstanceOf(Resolution.Absent.class);
        PublishOutcome late = publisher().publish(heldUp);

        assertThat(late).isInstanceOf(PublishOutcome.Unknown.class);
        assertThat(publisher().resolve(heldUp)).isInstanceOf(Resolution.Absent.class);
        assertThat(alice.timeline(channel.toString())).isEmpty();
    }

    @Test
    void a_request_that_was_taken_is_found() {
        Sending sending = sending(1);

        assertThat(publisher().publish(sending)).isInstanceOf(PublishOutcome.Published.class);

        assertThat(publisher().resolve(sending)).isInstanceOf(Resolution.Found.class);
        assertThat(publisher().publish(sending)).isInstanceOf(PublishOutcome.Unknown.class);
        assertThat(alice.timeline(channel.toString())).hasSize(1);
    }

    @Test
    void a_slow_network_has_the_post_before_it_says_so() {
        List<String> meanwhile = new ArrayList<>();
        SandboxPublisher slow = new SandboxPublisher(
                flow.installation().database(),
                new SandboxLedger(),
                flow.installation().ids(),
                flow.clock(),
                () -> meanwhile.addAll(alice.timeline(channel.toString())));

        PublishOutcome outcome = slow.publish(sending(1, "[sandbox:slow]"));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(meanwhile).containsExactly("[sandbox:slow]");
    }

    private Sending sending(int attempt) {
        return sending(attempt, "Hello");
    }

    private Sending sending(int attempt, String content) {
        return new Sending(
                flow.installation().ids().next(),
                channel,
                attempt,
                content,
                flow.clock().instant());
    }

    private static SandboxPublisher publisher() {
        return new SandboxPublisher(
                flow.installation().database(),
                new SandboxLedger(),
                flow.installation().ids(),
                flow.clock());
    }
}
