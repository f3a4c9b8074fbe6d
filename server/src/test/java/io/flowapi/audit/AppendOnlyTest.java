package io.flowapi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.Engine;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database itself refuses to change or remove an entry, whoever asks. */
class AppendOnlyTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final TestCaller alice = flow.caller();

    @Test
    void no_statement_changes_or_removes_an_entry() {
        alice.channel();
        List<JsonNode> before = AuditTrail.listed(alice, "");
        Database database = flow.installation().database();

        for (String statement : statements(database.engine())) {
            assertThatThrownBy(() -> database.write(tx -> tx.execute(statement)))
                    .as(statement)
                    .hasStackTraceContaining("audit_entries is append-only");
        }

        assertThat(AuditTrail.listed(alice, "")).hasSize(1).isEqualTo(before);
    }

    private static List<String> statements(Engine engine) {
        List<String> statements = new ArrayList<>(List.of(
                "update audit_entries set actor = 'nobody'",
                "update audit_entries set details = null where action = 'createChannel'",
                "delete from audit_entries",
                "insert into audit_entries select * from audit_entries where true"
                        + " on conflict (id) do update set actor = 'nobody'"));
        statements.addAll(
                switch (engine) {
                    case SQLITE ->
                        List.of(
                                "replace into audit_entries select * from audit_entries",
                                "update or replace audit_entries set id = 'x'");
                    case POSTGRESQL -> List.of("truncate audit_entries", "truncate audit_entries cascade");
                });
        return statements;
    }

    @Test
    void entries_outlive_their_user_and_their_key() {
        String user = alice.get("/v1/me").text("user/name");
        String channel = alice.channel();

        assertThat(new Shell(flow.environment()).flow("users", "delete", user).exit())
                .isZero();

        assertThat(AuditTrail.actions(AuditTrail.listed(flow.caller("audit:read", "admin"), "resourceId=" + channel)))
                .containsExactly("createChannel");
    }
}
