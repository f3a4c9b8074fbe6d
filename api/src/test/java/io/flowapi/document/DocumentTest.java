package io.flowapi.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.document.Bundled.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private final Bundled bundled = Bundled.read();

    @Test
    void refers_only_to_components_that_exist() {
        List<String> dangling = new ArrayList<>();

        bundled.forEachObject((place, node) -> {
            String reference = node.path("$ref").asText("");
            if (!reference.isEmpty() && !isComponent(reference)) {
                dangling.add(place + " -> " + reference);
            }
        });

        assertThat(dangling).isEmpty();
    }

    private boolean isComponent(String reference) {
        return reference.startsWith("#/components/")
                && !bundled.document().at(reference.substring(1)).isMissingNode();
    }

    @Test
    void uses_every_component() {
        List<String> used = new ArrayList<>();
        bundled.document().findValuesAsText("$ref").forEach(used::add);
        List<String> components = new ArrayList<>();
        bundled.document().path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));

        assertThat(used).containsAll(components);
    }

    @Test
    void has_exactly_these_operations() {
        assertThat(bundled.operations())
                .extracting(operation -> operation.place() + " "
                        + operation.content().path("operationId").asText())
                .containsExactlyInAnyOrder(
                        "GET /health/liveness getLiveness",
                        "GET /health/readiness getReadiness",
                        "GET /health/health getHealth",
                        "GET /v1/me getCaller",
                        "GET /v1/api-keys listApiKeys",
                        "POST /v1/api-keys createApiKey",
                        "GET /v1/api-keys/{apiKeyId} getApiKey",
                        "DELETE /v1/api-keys/{apiKeyId} deleteApiKey",
                        "POST /v1/api-keys/{apiKeyId}/roll rollApiKey",
                        "GET /v1/channels listChannels",
                        "POST /v1/channels createChannel",
                        "POST /v1/channels/connections startChannelConnection",
                        "GET /v1/channels/{channelId} getChannel",
                        "PATCH /v1/channels/{channelId} updateChannel",
                        "DELETE /v1/channels/{channelId} deleteChannel",
                        "GET /v1/channels/{channelId}/quota getChannelQuota",
                        "GET /v1/channels/{channelId}/rules getChannelRules",
                        "GET /v1/channels/{channelId}/timeline listChannelTimeline",
                        "GET /v1/posts listPosts",
                        "POST /v1/posts createPost",
                        "POST /v1/posts/validate validatePost",
                        "GET /v1/posts/{postId} getPost",
                        "PATCH /v1/posts/{postId} updatePost",
                        "DELETE /v1/posts/{postId} deletePost",
                        "POST /v1/posts/{postId}/retry retryPost",
                        "GET /v1/posts/{postId}/attempts listPostAttempts",
                        "POST /v1/posts/{postId}/targets/{targetId}/resolve resolveTarget",
                        "POST /v1/posts/{postId}/publish publishPost",
                        "POST /v1/posts/{postId}/cancel cancelPost",
                        "GET /v1/events listEvents",
                        "GET /v1/events/{eventId} getEvent",
                        "GET /v1/webhooks listWebhooks",
                        "POST /v1/webhooks createWebhook",
                        "GET /v1/webhooks/{webhookId} getWebhook",
                        "PATCH /v1/webhooks/{webhookId} updateWebhook",
                        "DELETE /v1/webhooks/{webhookId} deleteWebhook",
                        "POST /v1/webhooks/{webhookId}/roll-secret rollWebhookSecret",
                        "POST /v1/webhooks/{webhookId}/test sendTestEvent",
                        "POST /v1/webhooks/{webhookId}/recover recoverWebhook",
                        "GET /v1/webhooks/{webhookId}/deliveries listWebhookDeliveries",
                        "GET /v1/webhooks/{webhookId}/deliveries/{deliveryId} getWebhookDelivery",
                        "POST /v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver redeliverWebhook",
                        "GET /v1/audit-entries listAuditEntries");
    }

    @Test
    void describes_every_operation() {
        assertThat(bundled.operations()).allSatisfy(operation -> {
            assertThat(operation.content().path("summary").asText())
                    .as("summary of " + operation.place())
                    .isNotBlank()
                    .doesNotEndWith(".");
            assertThat(operation.content().path("security").isArray())
                    .as("security of " + operation.place())
                    .isTrue();
            assertThat(operation.content().path("tags"))
                    .as("tags of " + operation.place())
                    .hasSize(1);
        });
    }

    @Test
    void makes_every_post_safe_to_repeat() {
        String key = "#/components/parameters/IdempotencyKey";

        assertThat(bundled.operations())
                .filteredOn(operation -> operation.place().startsWith("POST "))
                .allSatisfy(operation -> assertThat(
                                operation.content().path("parameters").findValuesAsText("$ref"))
                        .as("parameters of " + operation.place())
                        .contains(key));
    }

    /** The client puts them into one value that can grow, so that a new parameter breaks no caller. */
    @Test
    void makes_every_query_parameter_optional() {
        List<String> required = new ArrayList<>();

        bundled.forEachObject((place, node) -> {
            if (node.path("in").asText().equals("query")
                    && node.path("required").asBoolean()) {
                required.add(place);
            }
        });

        assertThat(required).isEmpty();
    }

    @Test
    void answers_every_protected_operation_with_the_shared_problems() {
        assertThat(bundled.operations())
                .filteredOn(DocumentTest::isProtected)
                .allSatisfy(operation -> assertThat(
                                operation.content().path("responses").fieldNames())
                        .toIterable()
                        .as("responses of " + operation.place())
                        .contains("400", "401", "408", "413", "414", "429", "431", "500", "503"));
    }

    private static boolean isProtected(Operation operation) {
        return !operation.content().path("security").isEmpty();
    }

    @Test
    void bounds_every_string_and_every_list() {
        List<String> unbounded = new ArrayList<>();

        bundled.forEachObject((place, node) -> {
            if (!isBounded(node)) {
                unbounded.add(place);
            }
        });

        assertThat(unbounded).isEmpty();
    }

    private static boolean isBounded(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> schema.has("maxLength") || schema.has("enum") || schema.has("format");
            case "array" -> schema.has("maxItems");
            default -> true;
        };
    }
}
