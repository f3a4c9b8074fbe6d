package io.flowapi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log that is collected has each entry as one line, when it is committed and not before. */
class AuditStreamTest {

    private static final Logger STREAM = Logger.getLogger("io.flowapi.audit");

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Lines lines = new Lines();
    private final TestCaller alice = flow.caller();

    @BeforeEach
    void listen() {
        STREAM.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        STREAM.removeHandler(lines);
    }

    @Test
    void each_entry_is_one_line_of_the_json_that_the_api_shows() {
        String channel = alice.channel();
        alice.publishNow(channel, "Hello");
        flow.runDueJobs();

        List<JsonNode> entries = AuditTrail.listed(alice, "");
        assertThat(entries).hasSize(3);
        assertThat(lines.texts)
                .noneMatch(line -> line.contains("\n"))
                .extracting(Json::tree)
                .containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void it_is_written_when_a_reader_of_the_database_can_see_it() {
        lines.whenWritten = () -> assertThat(AuditTrail.listed(alice, "")).hasSize(1);

        alice.channel();

        assertThat(lines.texts).hasSize(1);
        assertThat(lines.failures).isEmpty();
    }

    @Test
    void what_is_undone_leaves_neither_a_line_nor_an_entry() {
        UUID user = flow.user().account().id();
        AuditLog audit = flow.installation().audit();

        assertThatThrownBy(() -> flow.installation().database().write(tx -> {
                    audit.append(tx, Origin.worker(user, Mode.TEST), "target.published", Audited.target(user));
                    throw new IllegalStateException("too late");
                }))
                .hasMessage("too late");

        assertThat(lines.texts).isEmpty();
        assertThat(AuditTrail.listed(flow.caller("audit:read", "admin"), "resourceId=" + user))
                .isEmpty();
    }

    @Test
    void a_refusal_and_a_replay_leave_no_line() {
        String channel = "{\"name\":\"One\",\"provider\":\"sandbox\"}";
        alice.post("/v1/channels", channel, "Idempotency-Key", "k").expect(201);
        alice.post("/v1/channels", channel, "Idempotency-Key", "k").expect(201);
        alice.post("/v1/channels", "{}").expect(422);

        assertThat(lines.texts).hasSize(1);
    }

    /** A person reads what the command prints, and a script takes its standard error for trouble. */
    @Test
    void the_console_writes_no_line() {
        Shell.Output added = new Shell(flow.environment()).flow("users", "add", "kim");

        assertThat(added.exit()).isZero();
        assertThat(lines.texts).isEmpty();
    }

    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final List<Throwable> failures = new CopyOnWriteArrayList<>();
        private Runnable whenWritten = () -> {};

        @Override
        public void publish(LogRecord line) {
            texts.add(line.getMessage());
            try {
                whenWritten.run();
            } catch (AssertionError failed) {
                failures.add(failed);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
