package io.flowapi.contracts;

import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.AuditApi.ListAuditEntriesQuery;
import io.flowapi.client.PermissionDeniedException;
import io.flowapi.client.model.Mode;
import io.flowapi.client.model.ProblemCode;
import org.junit.jupiter.api.Test;

class AuditConsumerTest {

    private static final String ENTRIES = "/v1/audit-entries";

    private static final ListAuditEntriesQuery OF_A_KEY =
            ListAuditEntriesQuery.builder().action("createApiKey").limit(1).build();

    @Test
    void reads_who_made_a_key() {
        given("another API key")
                .get("listAuditEntries", ENTRIES)
                .query("action=createApiKey&limit=1")
                .answers(200, body -> {
                    body.minArrayLike("data", 1, entry -> {
                        entry.uuid("id", ID);
                        entry.uuid("userId", ID);
                        entry.stringValue("mode", "test");
                        entry.uuid("apiKeyId", ID);
                        entry.stringValue("actor", "api");
                        entry.stringValue("action", "createApiKey");
                        entry.stringValue("resourceType", "api_key");
                        entry.uuid("resourceId", ID);
                        entry.stringType("address", "203.0.113.7");
                        entry.stringType("requestId", "7d1f3a90");
                        Bodies.time(entry, "createdAt");
                    });
                    body.booleanType("hasMore", false);
                })
                .to(flow -> assertThat(flow.audit().listAuditEntries(OF_A_KEY).data())
                        .allSatisfy(entry -> {
                            assertThat(entry.mode()).isEqualTo(Mode.TEST);
                            assertThat(entry.actor()).isEqualTo("api");
                            assertThat(entry.address()).isEqualTo("203.0.113.7");
                        }));
    }

    @Test
    void is_told_that_its_key_may_not_read_them() {
        given("an API key that may only create keys")
                .get("listAuditEntries without the scope", ENTRIES)
                .refuses(403, ProblemCode.INSUFFICIENT_SCOPE)
                .to(PermissionDeniedException.class, flow -> flow.audit().listAuditEntries());
    }
}
