package io.flowapi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import au.com.dius.pact.consumer.ConsumerPactBuilder;
import au.com.dius.pact.consumer.ConsumerPactRunnerKt;
import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.LambdaDsl;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithPath;
import au.com.dius.pact.consumer.dsl.PactDslRequestWithoutPath;
import au.com.dius.pact.consumer.dsl.PactDslResponse;
import au.com.dius.pact.consumer.dsl.PactDslWithState;
import au.com.dius.pact.consumer.junit.JUnitTestSupport;
import au.com.dius.pact.consumer.model.MockProviderConfig;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import io.flowapi.client.FlowApiException;
import io.flowapi.client.FlowClient;
import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** One request of the Java client with its answer; written into the contract once the client has shown that it does so. */
final class Interaction {

    /** Stands for every id that only the server knows. */
    static final UUID ID = UUID.fromString("0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a04");

    private static final String KEY = "flow_test_4fJ8sK2mQx_0123456789012345678901234567890123456789012345678";
    private static final String JSON = "application/json";

    private final PactDslRequestWithPath request;
    private final String bodyType;

    private Interaction(PactDslRequestWithPath request, String bodyType) {
        this.request = request;
        this.bodyType = bodyType;
    }

    /** @param state one of {@link ProviderStates} */
    static State given(String state) {
        return new State(ConsumerPactBuilder.consumer("flow-client-java")
                .pactSpecVersion(PactSpecVersion.V4)
                .hasPactWith("flow-api")
                .given(state));
    }

    /**
     * What the server has when the request comes. Each request is described by its operationId, with more words where an
     * operation has several; its path may name values of the state, as {@code ${postId}}.
     */
    record State(PactDslWithState pact) {

        Interaction get(String what, String path) {
            return new Interaction(request("GET", what, path), JSON);
        }

        Interaction delete(String what, String path) {
            return new Interaction(request("DELETE", what, path), JSON);
        }

        Interaction patch(String what, String path) {
            return new Interaction(request("PATCH", what, path), "application/merge-patch+json");
        }

        /** With an idempotency key that no other interaction has: the server remembers them. */
        Interaction post(String what, String path) {
            String key = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                    .toString();
            return new Interaction(
                    request("POST", what, path).matchHeader("Idempotency-Key", "[A-Za-z0-9_.:-]{1,255}", key), JSON);
        }

        /** With the idempotency key of the state. */
        Interaction postAgain(String what, String path) {
            return new Interaction(
                    request("POST", what, path)
                            .headerFromProviderState("Idempotency-Key", "${idempotencyKey}", ID.toString()),
                    JSON);
        }

        private PactDslRequestWithPath request(String method, String what, String path) {
            PactDslRequestWithPath request = path(pact.uponReceiving(what).method(method), path);
            return path.startsWith("/health/")
                    ? request
                    : request.matchHeader("Authorization", "Bearer flow_.*", "Bearer " + KEY);
        }

        private static PactDslRequestWithPath path(PactDslRequestWithoutPath request, String path) {
            String example = path.replaceAll("\\$\\{\\w+}", ID.toString());
            return path.equals(example) ? request.path(path) : request.pathFromProviderState(path, example);
        }
    }

    Interaction query(String query) {
        request.query(query);
        return this;
    }

    Interaction ifMatch(int version) {
        String etag = "\"" + version + "\"";
        request.matchHeader("If-Match", Pattern.quote(etag), etag);
        return this;
    }

    Interaction body(Consumer<LambdaDslObject> body) {
        String type = bodyType.replace("+", "\\+");
        request.matchHeader("Content-Type", type + ".*", bodyType)
                .body(LambdaDsl.newJsonBody(body::accept).build());
        return this;
    }

    Answer answers(int status) {
        return new Answer(request.willRespondWith().status(status));
    }

    Answer answers(int status, Consumer<LambdaDslObject> body) {
        PactDslResponse response = answers(status).response;
        return new Answer(response.matchHeader("Content-Type", JSON + ".*", JSON)
                .body(LambdaDsl.newJsonBody(body::accept).build()));
    }

    Refusal refuses(int status, ProblemCode code, FieldError... errors) {
        PactDslResponse response = answers(status).response;
        String type = "application/problem+json";
        return new Refusal(
                new Answer(response.matchHeader("Content-Type", "application/problem\\+json.*", type)
                        .body(LambdaDsl.newJsonBody(Bodies.problem(status, code, errors)::accept)
                                .build())),
                code,
                List.of(errors));
    }

    record Answer(PactDslResponse response) {

        /** @param use makes the request and looks at what the client makes of the answer */
        void to(Consumer<FlowClient> use) {
            var result = ConsumerPactRunnerKt.runConsumerTest(
                    response.toPact(V4Pact.class),
                    MockProviderConfig.createDefault(PactSpecVersion.V4),
                    (server, _) -> {
                        use.accept(client(server));
                        return true;
                    });
            JUnitTestSupport.validateMockServerResult(result);
        }

        private static FlowClient client(MockServer server) {
            return FlowClient.builder()
                    .baseUrl(server.getUrl())
                    .apiKey(KEY)
                    .maxRetries(0)
                    .build();
        }
    }

    record Refusal(Answer answer, ProblemCode code, List<FieldError> errors) {

        /** The client throws what its caller can tell apart, with everything that the server said. */
        void to(Class<? extends FlowApiException> thrown, Consumer<FlowClient> call) {
            answer.to(flow -> assertThat(catchThrowable(() -> call.accept(flow)))
                    .isInstanceOfSatisfying(thrown, refused -> {
                        assertThat(refused.code()).contains(code);
                        assertThat(refused.fieldErrors()).isEqualTo(errors);
                    }));
        }
    }
}
