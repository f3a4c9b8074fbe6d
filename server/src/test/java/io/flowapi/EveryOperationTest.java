package io.flowapi;

import static io.flowapi.testing.EachOperation.UNKNOWN;
import static io.flowapi.testing.EachOperation.each;
import static io.flowapi.testing.EachOperation.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.ApiKeysApi;
import io.flowapi.api.AuditApi;
import io.flowapi.api.CallerApi;
import io.flowapi.api.ChannelsApi;
import io.flowapi.api.ConnectionsApi;
import io.flowapi.api.EventsApi;
import io.flowapi.api.HealthApi;
import io.flowapi.api.PostsApi;
import io.flowapi.api.WebhooksApi;
import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Scope;
import io.flowapi.platform.http.Operation;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Documented;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks the document: the code has its operations, and each asks for a key that may do it. */
class EveryOperationTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @TestFactory
    Stream<DynamicTest> needs_a_key() {
        return each(Documented::secured, operation -> {
            refused(flow.nobody(), operation, "missing_api_key");
            refused(flow.nobody().withKey("flow_test_unheard_of"), operation, "invalid_api_key");
        });
    }

    @TestFactory
    Stream<DynamicTest> takes_no_key_that_has_expired() {
        TestCaller alice = flow.caller();
        String end = flow.clock().instant().plusSeconds(60).toString();
        TestCaller expired =
                alice.withKey(alice.post("/v1/api-keys", "{\"name\":\"A minute\",\"expiresAt\":\"" + end + "\"}")
                        .expect(201)
                        .text("secret"));
        flow.clock().advance(Duration.ofSeconds(60));
        return each(Documented::secured, operation -> refused(expired, operation, "invalid_api_key"));
    }

    @TestFactory
    Stream<DynamicTest> takes_no_key_of_a_user_who_is_disabled() {
        Flow.TestUser user = flow.user();
        TestCaller disabled = user.key(Mode.TEST);
        flow.installation()
                .database()
                .write(tx ->
                        flow.installation().users().disable(tx, user.account().name()));
        return each(Documented::secured, operation -> refused(disabled, operation, "invalid_api_key"));
    }

    private static void refused(TestCaller caller, Documented operation, String code) {
        Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN)));
        answer.isProblem(401, code);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @TestFactory
    Stream<DynamicTest> refuses_a_key_that_has_every_scope_but_its_own() {
        return each(operation -> !operation.scope().isEmpty(), operation -> {
            String[] others = Arrays.stream(Scope.values())
                    .map(Scope::value)
                    .filter(scope -> !scope.equals(operation.scope()))
                    .toArray(String[]::new);
            TestCaller caller = flow.caller(others);
            Answer answer = flow.unchanged(() -> send(caller, operation, operation.target(UNKNOWN)));
            answer.isProblem(403, "insufficient_scope");
        });
    }

    @TestFactory
    Stream<DynamicTest> needs_no_other_scope() {
        return each(operation -> !operation.scope().isEmpty(), operation -> {
            Answer answer = send(flow.caller(operation.scope()), operation, operation.target(UNKNOWN));
            assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 404, 422);
        });
    }

    @Test
    void the_code_has_the_operations_of_the_document_and_no_others() {
        List<Operation> registered = Stream.of(
                        HealthApi.operations(null),
                        CallerApi.operations(null),
                        ApiKeysApi.operations(null),
                        ChannelsApi.operations(null),
                        ConnectionsApi.operations(null),
                        PostsApi.operations(null),
                        EventsApi.operations(null),
                        WebhooksApi.operations(null),
                        AuditApi.operations(null))
                .flatMap(List::stream)
                .toList();

        assertThat(registered.stream().map(EveryOperationTest::described))
                .containsExactlyInAnyOrderElementsOf(Documented.OPERATIONS.stream()
                        .map(operation -> operation.id() + " " + operation.method() + " " + operation.path() + " "
                                + operation.secured() + " " + operation.scope() + " " + operation.rateLimit())
                        .toList());
    }

    private static String described(Operation operation) {
        String scope = operation.scope() == null ? "" : operation.scope().value();
        return operation.id() + " " + operation.method() + " " + operation.path() + " " + operation.authenticated()
                + " " + scope + " " + (operation.rateLimit() == null ? "" : operation.rateLimit());
    }
}
