package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.field;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ConflictException;
import io.flowapi.client.NotFoundException;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.ValidationException;
import io.flowapi.client.WebhooksApi.ListWebhookDeliveriesQuery;
import io.flowapi.client.model.CreateWebhookRequest;
import io.flowapi.client.model.Delivery;
import io.flowapi.client.model.DeliveryKind;
import io.flowapi.client.model.DeliveryStatus;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.RecoverWebhookRequest;
import io.flowapi.client.model.RollWebhookSecretRequest;
import io.flowapi.client.model.UpdateWebhookRequest;
import io.flowapi.client.model.WebhookStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhooksConsumerTest {

    private static final String WEBHOOKS = "/v1/webhooks";
    private static final String ONE = WEBHOOKS + "/${webhookId}";
    private static final String DELIVERIES = ONE + "/deliveries";
    private static final String DELIVERY = DELIVERIES + "/${deliveryId}";
    private static final String URL = "https://hooks.example.com/flow";
    private static final String SINCE = "2026-11-23T09:30:00Z";

    private static final ListWebhookDeliveriesQuery PENDING = ListWebhookDeliveriesQuery.builder()
            .status(DeliveryStatus.PENDING)
            .limit(2)
            .build();

    @Test
    void creates_a_webhook_and_is_told_its_secret() {
        create("createWebhook", URL)
                .answers(201, Bodies::webhookWithSecret)
                .to(flow -> assertThat(
                                flow.webhooks().createWebhook(wanted(URL)).secret())
                        .startsWith("whsec_"));
    }

    private static Interaction create(String what, String url) {
        return given("an API key").post(what, WEBHOOKS).body(body -> {
            body.stringValue("url", url);
            body.array("events", events -> events.stringValue("post.published"));
            body.object("headers", headers -> headers.stringType("X-Newsroom-Key", "replace-with-your-own-key"));
        });
    }

    private static CreateWebhookRequest wanted(String url) {
        return CreateWebhookRequest.builder()
                .url(url)
                .addEvents("post.published")
                .putHeaders("X-Newsroom-Key", "replace-with-your-own-key")
                .build();
    }

    @Test
    void is_told_that_an_address_may_not_be_called() {
        create("createWebhook at a private address", "http://10.0.0.1/")
                .refuses(422, ProblemCode.VALIDATION_FAILED, field("#/url", "address"))
                .to(ValidationException.class, flow -> flow.webhooks().createWebhook(wanted("http://10.0.0.1/")));
    }

    @Test
    void lists_webhooks() {
        given("a webhook")
                .get("listWebhooks", WEBHOOKS)
                .answers(200, body -> {
                    body.minArrayLike("data", 1, Bodies::webhook);
                    body.booleanType("hasMore", false);
                })
                .to(flow -> assertThat(flow.webhooks().listWebhooks().data())
                        .allSatisfy(webhook -> assertThat(webhook.events()).isNotEmpty()));
    }

    @Test
    void reads_a_webhook() {
        given("a webhook")
                .get("getWebhook", ONE)
                .answers(200, Bodies::webhook)
                .to(flow -> assertThat(flow.webhooks().getWebhook(ID).status()).isEqualTo(WebhookStatus.ENABLED));
    }

    @Test
    void is_told_that_there_is_no_such_webhook() {
        given("nothing with this id")
                .get("getWebhook for an unknown id", WEBHOOKS + "/" + ID)
                .refuses(404, ProblemCode.NOT_FOUND)
                .to(NotFoundException.class, flow -> flow.webhooks().getWebhook(ID));
    }

    @Test
    void turns_a_webhook_off_that_nobody_has_changed() {
        UpdateWebhookRequest off =
                UpdateWebhookRequest.builder().status(WebhookStatus.DISABLED).build();
        given("a webhook")
                .patch("updateWebhook", ONE)
                .ifMatch(1)
                .body(body -> body.stringValue("status", "disabled"))
                .answers(200, webhook -> {
                    Bodies.webhook(webhook, "disabled");
                    webhook.stringValue("disabledReason", "owner");
                    Bodies.time(webhook, "disabledAt");
                })
                .to(flow -> assertThat(flow.webhooks()
                                .updateWebhook(
                                        ID,
                                        off,
                                        RequestOptions.builder()
                                                .ifMatch("\"1\"")
                                                .build())
                                .disabledReason()
                                .value())
                        .isEqualTo("owner"));
    }

    @Test
    void deletes_a_webhook() {
        given("a webhook")
                .delete("deleteWebhook", ONE)
                .answers(204)
                .to(flow -> flow.webhooks().deleteWebhook(ID));
    }

    @Test
    void gives_a_webhook_a_new_secret() {
        given("a webhook")
                .post("rollWebhookSecret", ONE + "/roll-secret")
                .body(body -> body.integerType("expiresInSeconds", 3600))
                .answers(200, Bodies::webhookWithSecret)
                .to(flow -> assertThat(flow.webhooks()
                                .rollWebhookSecret(
                                        ID,
                                        RollWebhookSecretRequest.builder()
                                                .expiresInSeconds(3600)
                                                .build())
                                .secret())
                        .startsWith("whsec_"));
    }

    @Test
    void sends_a_test_event() {
        given("a webhook")
                .post("sendTestEvent", ONE + "/test")
                .answers(201, delivery -> Bodies.delivery(delivery, "test"))
                .to(flow ->
                        assertThat(flow.webhooks().sendTestEvent(ID).status()).isEqualTo(DeliveryStatus.PENDING));
    }

    @Test
    void is_told_that_a_disabled_webhook_gets_none() {
        given("a disabled webhook")
                .post("sendTestEvent to a disabled webhook", ONE + "/test")
                .refuses(409, ProblemCode.WEBHOOK_DISABLED)
                .to(ConflictException.class, flow -> flow.webhooks().sendTestEvent(ID));
    }

    @Test
    void lists_deliveries() {
        given("a delivery")
                .get("listWebhookDeliveries", DELIVERIES)
                .query("status=pending&limit=2")
                .answers(200, body -> {
                    body.minArrayLike("data", 1, delivery -> Bodies.delivery(delivery, "event"));
                    body.booleanType("hasMore", false);
                })
                .to(flow -> assertThat(flow.webhooks()
                                .listWebhookDeliveries(ID, PENDING)
                                .data())
                        .extracting(Delivery::kind)
                        .containsOnly(DeliveryKind.EVENT));
    }

    @Test
    void reads_a_delivery_with_its_attempts() {
        given("a delivery")
                .get("getWebhookDelivery", DELIVERY)
                .answers(200, delivery -> {
                    Bodies.delivery(delivery, "event");
                    delivery.array("attempts", attempts -> {});
                })
                .to(flow -> assertThat(
                                flow.webhooks().getWebhookDelivery(ID, ID).attempts())
                        .isEmpty());
    }

    @Test
    void sends_an_event_once_more() {
        given("a delivery")
                .post("redeliverWebhook", DELIVERY + "/redeliver")
                .answers(201, delivery -> Bodies.delivery(delivery, "redelivery"))
                .to(flow -> assertThat(flow.webhooks().redeliverWebhook(ID, ID).kind())
                        .isEqualTo(DeliveryKind.REDELIVERY));
    }

    @Test
    void sends_what_failed_since_a_time() {
        given("a webhook")
                .post("recoverWebhook", ONE + "/recover")
                .body(body -> Bodies.time(body, "since"))
                .answers(200, body -> {
                    body.integerType("deliveries", 0);
                    body.booleanType("hasMore", false);
                })
                .to(flow -> assertThat(flow.webhooks()
                                .recoverWebhook(
                                        ID,
                                        RecoverWebhookRequest.builder()
                                                .since(Instant.parse(SINCE))
                                                .build())
                                .hasMore())
                        .isFalse());
    }
}
