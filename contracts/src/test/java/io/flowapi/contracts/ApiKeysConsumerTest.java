package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.field;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ApiKeysApi.ListApiKeysQuery;
import io.flowapi.client.ConflictException;
import io.flowapi.client.NotFoundException;
import io.flowapi.client.ValidationException;
import io.flowapi.client.model.CreateApiKeyRequest;
import io.flowapi.client.model.CreatedApiKey;
import io.flowapi.client.model.Mode;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.RollApiKeyRequest;
import io.flowapi.client.model.Scope;
import io.flowapi.client.model.Warning;
import org.junit.jupiter.api.Test;

class ApiKeysConsumerTest {

    private static final String KEYS = "/v1/api-keys";
    private static final String ONE = KEYS + "/${apiKeyId}";

    private static final ListApiKeysQuery TWO =
            ListApiKeysQuery.builder().limit(2).build();
    private static final CreateApiKeyRequest DASHBOARD = CreateApiKeyRequest.builder()
            .name("dashboard")
            .addScopes(Scope.POSTS_READ)
            .build();
    private static final RollApiKeyRequest IN_AN_HOUR =
            RollApiKeyRequest.builder().overlapSeconds(3600).build();

    @Test
    void lists_keys() {
        given("another API key")
                .get("listApiKeys", KEYS)
                .query("limit=2")
                .answers(200, Bodies.page(Bodies::apiKey))
                .to(flow -> assertThat(flow.apiKeys().listApiKeys(TWO).data())
                        .allSatisfy(key -> assertThat(key.mode()).isEqualTo(Mode.TEST)));
    }

    @Test
    void creates_a_key() {
        create("an API key", "createApiKey").answers(201, Bodies::createdApiKey).to(flow -> {
            CreatedApiKey key = flow.apiKeys().createApiKey(DASHBOARD);
            assertThat(key.secret()).startsWith(key.prefix());
        });
    }

    @Test
    void is_told_what_was_removed_from_a_name() {
        given("an API key")
                .post("createApiKey with HTML tags in its name", KEYS)
                .body(body -> {
                    body.stringValue("name", "<b>dashboard</b>");
                    body.array("scopes", scopes -> scopes.stringValue("posts:read"));
                })
                .answers(201, Bodies.warned(Bodies::createdApiKey))
                .to(flow -> assertThat(flow.apiKeys()
                                .createApiKey(CreateApiKeyRequest.builder()
                                        .name("<b>dashboard</b>")
                                        .addScopes(Scope.POSTS_READ)
                                        .build())
                                .warnings())
                        .extracting(Warning::pointer)
                        .containsExactly("#/name"));
    }

    @Test
    void is_told_that_it_cannot_give_what_it_does_not_have() {
        create("an API key that may only create keys", "createApiKey with a scope of others")
                .refuses(422, ProblemCode.VALIDATION_FAILED, field("#/scopes/0", "scope_not_held"))
                .to(ValidationException.class, flow -> flow.apiKeys().createApiKey(DASHBOARD));
    }

    private static Interaction create(String state, String what) {
        return given(state).post(what, KEYS).body(body -> {
            body.stringType("name", "dashboard");
            body.array("scopes", scopes -> scopes.stringValue("posts:read"));
        });
    }

    @Test
    void reads_a_key() {
        given("another API key")
                .get("getApiKey", ONE)
                .answers(200, Bodies::apiKey)
                .to(flow -> assertThat(flow.apiKeys().getApiKey(ID).id()).isEqualTo(ID));
    }

    @Test
    void is_told_that_a_key_does_not_exist() {
        given("nothing with this id")
                .get("getApiKey for an unknown id", KEYS + "/" + ID)
                .refuses(404, ProblemCode.NOT_FOUND)
                .to(NotFoundException.class, flow -> flow.apiKeys().getApiKey(ID));
    }

    @Test
    void revokes_a_key() {
        given("another API key")
                .delete("deleteApiKey", ONE)
                .answers(204)
                .to(flow -> flow.apiKeys().deleteApiKey(ID));
    }

    @Test
    void replaces_a_key() {
        roll("another API key", "rollApiKey")
                .answers(201, Bodies::createdApiKey)
                .to(flow -> {
                    CreatedApiKey key = flow.apiKeys().rollApiKey(ID, IN_AN_HOUR);
                    assertThat(key.secret()).startsWith(key.prefix());
                });
    }

    @Test
    void is_told_that_a_key_has_expired() {
        roll("an API key that has expired", "rollApiKey of an expired key")
                .refuses(409, ProblemCode.API_KEY_EXPIRED)
                .to(ConflictException.class, flow -> flow.apiKeys().rollApiKey(ID, IN_AN_HOUR));
    }

    private static Interaction roll(String state, String what) {
        return given(state).post(what, ONE + "/roll").body(body -> body.integerType("overlapSeconds", 3600));
    }
}
