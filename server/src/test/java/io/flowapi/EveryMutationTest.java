package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.db.Engine;
import io.flowapi.testing.Answer;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Resources;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: whatever changes something leaves one entry in the audit log, with the change or not at all. */
class EveryMutationTest {

    private static final Logger FAULTS = Logger.getLogger("io.flowapi.platform.http.OperationHandler");

    @RegisterExtension
    static final Flow flow = new Flow();

    private static boolean changes(Documented operation) {
        return !operation.isGet() && !operation.changesNothing();
    }

    @TestFactory
    Stream<DynamicTest> leaves_one_entry_with_who_what_when_and_where() {
        AuditTrail trail = AuditTrail.of(flow, Mode.TEST);
        return each(EveryMutationTest::changes, operation -> {
            Flow.TestUser user = flow.user();
            TestCaller caller = user.key(Mode.TEST);
            String apiKey = caller.get("/v1/me").text("apiKey/id");
            List<Resources.Attempt> attempts =
                    Resources.of(flow, caller).attempts(operation).toList();
            AtomicReference<Answer> answer = new AtomicReference<>();

            List<JsonNode> left = new ArrayList<>();
            Resources.Attempt done = attempts.stream()
                    .filter(attempt -> {
                        left.addAll(trail.of(() -> answer.set(attempt.send("X-Request-Id", "walk-" + operation.id()))));
                        // A refused attempt must leave nothing, so that the list holds one entry in the end.
                        return answer.get().status() < 300;
                    })
                    .findFirst()
                    .orElseThrow();

            assertThat(left).singleElement().satisfies(entry -> {
                assertThat(entry.path("id").asText()).hasSize(36);
                assertThat(entry.path("userId").asText())
                        .isEqualTo(user.account().id().toString());
                assertThat(entry.path("mode").asText()).isEqualTo("test");
                assertThat(entry.path("apiKeyId").asText()).isEqualTo(apiKey);
                assertThat(entry.path("actor").asText()).isEqualTo("api");
                assertThat(entry.path("action").asText()).isEqualTo(operation.id());
                assertThat(entry.path("resourceType").asText()).isEqualTo(type(operation));
                assertThat(entry.path("resourceId").asText()).isEqualTo(resource(operation, done, answer.get()));
                assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
                assertThat(entry.path("requestId").asText()).isEqualTo("walk-" + operation.id());
                assertThat(entry.path("createdAt").asText())
                        .isEqualTo(flow.clock().instant().toString());
            });
        });
    }

    /** The innermost resource of the path. */
    private static String type(Documented operation) {
        String path = operation.path();
        return Stream.of(
                        Map.entry("{targetId}", "target"),
                        Map.entry("{deliveryId}", "delivery"),
                        Map.entry("/connections", "connection"),
                        Map.entry("/v1/webhooks", "webhook"),
                        Map.entry("/v1/posts", "post"),
                        Map.entry("/v1/channels", "channel"),
                        Map.entry("/v1/api-keys", "api_key"))
                .filter(part -> path.contains(part.getKey()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("What " + operation + " changes is missing here."))
                .getValue();
    }

    /** What was created, or else the last id of the path. */
    private static String resource(Documented operation, Resources.Attempt done, Answer answer) {
        if (!operation.hasId()) {
            return answer.text("id");
        }
        return Stream.of(done.target().split("/"))
                .filter(part -> part.matches("[0-9a-f-]{36}"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> leaves_nothing_where_it_is_refused() {
        AuditTrail trail = AuditTrail.of(flow, Mode.TEST);
        TestCaller caller = flow.caller();
        TestCaller reader = flow.caller("posts:read");
        return each(
                EveryMutationTest::changes,
                operation -> assertThat(trail.of(() -> {
                            send(caller, operation, operation.target(UNKNOWN) + "?unheardOf=1")
                                    .expect(400);
                            send(flow.nobody(), operation, operation.target(UNKNOWN))
                                    .expect(401);
                            send(reader, operation, operation.target(UNKNOWN)).expect(403);
                            if (operation.hasId()) {
                                send(caller, operation, operation.target(UNKNOWN))
                                        .expect(404);
                            }
                            if (operation.hasBody()) {
                                caller.sendJson(
                                                operation.method(),
                                                operation.target(UNKNOWN),
                                                "{\"unheardOf\":1}".getBytes())
                                        .expect(422);
                            }
                        }))
                        .isEmpty());
    }

    /** An entry is never missing: what cannot be written down is not done. */
    @TestFactory
    Stream<DynamicTest> changes_nothing_where_no_entry_can_be_written() {
        Flow broken = new Flow();
        broken.start();
        TestCaller caller = broken.caller();
        Resources resources = Resources.of(broken, caller);
        refuseEntries(broken);
        FAULTS.setLevel(Level.OFF);
        return each(
                        EveryMutationTest::changes,
                        operation -> assertThat(resources
                                        .attempts(operation)
                                        .map(attempt ->
                                                broken.unchanged(attempt::send).status()))
                                .contains(500)
                                .allMatch(status -> status >= 400))
                .onClose(() -> {
                    FAULTS.setLevel(null);
                    broken.stop();
                });
    }

    private static void refuseEntries(Flow flow) {
        boolean sqlite = flow.installation().database().engine() == Engine.SQLITE;
        flow.installation()
                .database()
                .write(tx -> tx.execute(
                        sqlite
                                ? "create trigger broken before insert on audit_entries"
                                        + " begin select raise(abort, 'broken'); end"
                                : "create trigger broken before insert on audit_entries"
                                        + " for each statement execute function audit_entries_append_only()"));
    }
}
