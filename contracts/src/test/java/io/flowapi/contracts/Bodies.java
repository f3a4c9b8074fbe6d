package io.flowapi.contracts;

import static io.flowapi.contracts.Interaction.ID;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.PactDslJsonRootValue;
import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.ProblemCode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the client needs of the server's answers: values where it decides by them, else their form. */
final class Bodies {

    /** Pact's own datetime matcher writes examples that are no date-times. */
    private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})";

    /** The same request can succeed later. */
    private static final Set<ProblemCode> RETRYABLE = Set.of(ProblemCode.POST_NOT_DELETED, ProblemCode.RATE_LIMITED);

    private Bodies() {}

    static Consumer<LambdaDslObject> post(String status) {
        return post(status, target -> {});
    }

    /** @param target more of the only target */
    static Consumer<LambdaDslObject> post(String status, Consumer<LambdaDslObject> target) {
        return post -> {
            post.uuid("id", ID);
            post.stringType("content", "Hello from Flow");
            post.stringValue("status", status);
            post.object("metadata", metadata -> {});
            versioned(post);
            post.minArrayLike("targets", 1, one -> target(one, target));
        };
    }

    private static void target(LambdaDslObject target, Consumer<LambdaDslObject> more) {
        target.uuid("id", ID);
        target.uuid("channelId", ID);
        target.stringValue("provider", "sandbox");
        target.stringType("status", "pending");
        target.integerType("attempts", 0);
        more.accept(target);
    }

    static void channel(LambdaDslObject channel) {
        channel.uuid("id", ID);
        channel.stringType("name", "Sandbox");
        channel.stringValue("provider", "sandbox");
        channel.stringValue("status", "connected");
        versioned(channel);
    }

    /** Something was removed from the name it was sent with. */
    static Consumer<LambdaDslObject> warned(Consumer<LambdaDslObject> resource) {
        return warned -> {
            resource.accept(warned);
            warned.minArrayLike("warnings", 1, one -> {
                one.stringValue("code", "html_removed");
                one.stringValue("pointer", "#/name");
                one.stringType("detail", "2 HTML tags were removed.");
            });
        };
    }

    private static void versioned(LambdaDslObject resource) {
        time(resource, "createdAt");
        time(resource, "updatedAt");
        resource.integerType("version", 1);
    }

    static void time(LambdaDslObject body, String name) {
        body.stringMatcher(name, TIME, "2026-11-23T09:30:00Z");
    }

    static void webhook(LambdaDslObject webhook) {
        webhook(webhook, "enabled");
    }

    static void webhook(LambdaDslObject webhook, String status) {
        webhook.uuid("id", ID);
        webhook.stringType("url", "https://hooks.example.com/flow");
        webhook.minArrayLike("events", 1, PactDslJsonRootValue.stringType("post.published"), 1);
        webhook.array("headerNames", names -> names.stringType("X-Newsroom-Key"));
        webhook.stringValue("status", status);
        versioned(webhook);
    }

    static void webhookWithSecret(LambdaDslObject webhook) {
        webhook(webhook);
        webhook.stringMatcher("secret", "whsec_.+", "whsec_cmVwbGFjZS13aXRoLXlvdXItb3duLXNlY3JldC0hIQ==");
    }

    static void delivery(LambdaDslObject delivery, String kind) {
        delivery.uuid("id", ID);
        delivery.uuid("webhookId", ID);
        delivery.uuid("eventId", ID);
        delivery.stringType("eventType", "post.scheduled");
        delivery.stringValue("kind", kind);
        delivery.stringValue("status", "pending");
        delivery.integerType("attemptCount", 0);
        time(delivery, "createdAt");
        time(delivery, "nextAttemptAt");
    }

    static void apiKey(LambdaDslObject key) {
        key.uuid("id", ID);
        key.stringType("name", "production");
        key.stringMatcher("prefix", "flow_test_.+", "flow_test_4fJ8sK2mQx");
        key.stringValue("mode", "test");
        key.minArrayLike("scopes", 1, PactDslJsonRootValue.stringType("posts:read"), 1);
        time(key, "createdAt");
    }

    static void createdApiKey(LambdaDslObject key) {
        apiKey(key);
        key.stringMatcher("secret", "flow_test_.+_.+", "flow_test_4fJ8sK2mQx_replace-with-your-own-key");
    }

    /** The first page, and no other. */
    static Consumer<LambdaDslObject> page(Consumer<LambdaDslObject> one) {
        return page -> {
            page.minArrayLike("data", 1, one);
            page.booleanType("hasMore", false);
        };
    }

    static Consumer<LambdaDslObject> problem(int status, ProblemCode code, FieldError... errors) {
        return problem -> {
            String type = "/problems/" + code;
            problem.stringMatcher("type", "https?://.+" + type, "http://localhost:8080" + type);
            problem.stringType("title", "Refused");
            problem.numberValue("status", status);
            problem.stringValue("code", code.value());
            problem.stringType("requestId", "0f3c");
            problem.booleanValue("retryable", RETRYABLE.contains(code));
            if (errors.length > 0) {
                problem.array(
                        "errors", all -> List.of(errors).forEach(error -> all.object(one -> fieldError(one, error))));
            }
        };
    }

    private static void fieldError(LambdaDslObject body, FieldError error) {
        if (error.pointer() != null) {
            body.stringValue("pointer", error.pointer());
        }
        if (error.parameter() != null) {
            body.stringValue("parameter", error.parameter());
        }
        body.stringValue("code", error.code());
        body.stringType("detail", error.detail());
    }

    static FieldError field(String pointer, String code) {
        return FieldError.builder()
                .pointer(pointer)
                .code(code)
                .detail("Refused")
                .build();
    }

    static FieldError parameter(String name, String code) {
        return FieldError.builder().parameter(name).code(code).detail("Refused").build();
    }
}
