package io.flowapi.audit;

import static io.flowapi.testing.AuditTrail.actions;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.api.model.Mode;
import io.flowapi.installation.FirstUser;
import io.flowapi.testing.AuditTrail;
import io.flowapi.testing.Flow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done at the server's console is written down like everything else. */
class ConsoleAuditTest {

    private static final String ACTOR = "cli:" + System.getProperty("user.name");

    @RegisterExtension
    static final Flow flow = new Flow();

    private static Shell.Output run(String... arguments) {
        return new Shell(flow.environment()).flow(arguments);
    }

    /** The console has the clock of the machine, so its entries are told apart by what was there before. */
    private static List<JsonNode> entriesOf(Runnable work) {
        List<JsonNode> before = all();
        work.run();
        List<JsonNode> after = new ArrayList<>(all());
        after.removeAll(before);
        return after;
    }

    private static List<JsonNode> all() {
        return AuditTrail.listed(flow.caller("audit:read", "admin"), "limit=100");
    }

    @Test
    void users_are_added_disabled_and_deleted() {
        String[] id = new String[1];
        JsonNode added = one(() -> id[0] = run("users", "add", "kim", "--json")
                .json()
                .getFirst()
                .path("id")
                .asText());
        JsonNode disabled = one(() -> run("users", "disable", "kim"));
        JsonNode deleted = one(() -> run("users", "delete", "kim"));

        assertThat(List.of(added, disabled, deleted)).allSatisfy(entry -> {
            assertThat(entry.path("actor").asText()).isEqualTo(ACTOR);
            assertThat(entry.path("address").asText()).isEqualTo("local");
            assertThat(entry.path("resourceType").asText()).isEqualTo("user");
            assertThat(entry.path("resourceId").asText()).isEqualTo(id[0]);
            assertThat(entry.path("userId").asText()).isEqualTo(id[0]);
            assertThat(Instant.parse(entry.path("createdAt").asText())).isAfter(Instant.EPOCH);
            assertThat(entry.has("mode") || entry.has("apiKeyId") || entry.has("requestId"))
                    .isFalse();
        });
        assertThat(actions(List.of(added, disabled, deleted)))
                .containsExactly("createUser", "disableUser", "deleteUser");
    }

    @Test
    void the_keys_of_a_user_who_is_deleted_are_each_written_down() {
        run("users", "add", "bob");
        String live = key("bob", "live");
        String test = key("bob", "test");

        List<JsonNode> entries = entriesOf(() -> run("users", "delete", "bob"));

        // A caller sees one mode, and what has none; the other key is asked for by a caller of its mode.
        assertThat(actions(entries)).containsExactlyInAnyOrder("deleteUser", "deleteApiKey");
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.path("actor").asText() + " "
                                + entry.path("address").asText())
                        .isEqualTo(ACTOR + " local"));
        for (Mode mode : Mode.values()) {
            String key = mode == Mode.LIVE ? live : test;
            List<JsonNode> ofKey = AuditTrail.listed(flow.user().key(mode, "audit:read", "admin"), "resourceId=" + key);
            assertThat(actions(ofKey)).containsExactly("deleteApiKey", "createApiKey");
            assertThat(ofKey.getFirst().path("resourceType").asText()).isEqualTo("api_key");
        }
    }

    private static String key(String user, String mode) {
        return run("keys", "create", "--user", user, "--name", "K", "--mode", mode, "--json")
                .json()
                .getFirst()
                .path("id")
                .asText();
    }

    private static JsonNode one(Runnable work) {
        List<JsonNode> entries = entriesOf(work);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    @Test
    void keys_are_created_and_revoked() {
        String user = run("users", "add", "lee", "--json")
                .json()
                .getFirst()
                .path("id")
                .asText();
        String[] id = new String[1];
        JsonNode created =
                one(() -> id[0] = run("keys", "create", "--user", "lee", "--name", "laptop", "--mode", "test", "--json")
                        .json()
                        .getFirst()
                        .path("id")
                        .asText());
        JsonNode revoked = one(() -> run("keys", "revoke", id[0]));

        assertThat(List.of(created, revoked)).allSatisfy(entry -> {
            assertThat(entry.path("actor").asText()).isEqualTo(ACTOR);
            assertThat(entry.path("address").asText()).isEqualTo("local");
            assertThat(entry.path("mode").asText()).isEqualTo("test");
            assertThat(entry.path("resourceType").asText()).isEqualTo("api_key");
            assertThat(entry.path("resourceId").asText()).isEqualTo(id[0]);
            assertThat(entry.path("userId").asText()).isEqualTo(user);
            assertThat(entry.toString()).doesNotContain("laptop");
        });
        assertThat(actions(List.of(created, revoked))).containsExactly("createApiKey", "deleteApiKey");
    }

    @Test
    void what_is_refused_leaves_nothing() {
        run("users", "add", "max");
        run("users", "disable", "max");

        assertThat(entriesOf(() -> {
                    assertThat(run("users", "add", "max").exit()).isEqualTo(2);
                    assertThat(run("users", "disable", "max").exit()).isEqualTo(2);
                    assertThat(run("users", "disable", "nobody").exit()).isEqualTo(2);
                    assertThat(run("users", "delete", "nobody").exit()).isEqualTo(2);
                    assertThat(run("keys", "revoke", "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10")
                                    .exit())
                            .isEqualTo(2);
                    assertThat(run("keys", "create", "--user", "nobody", "--name", "x")
                                    .exit())
                            .isEqualTo(2);
                }))
                .isEmpty();
    }

    @Test
    void a_first_start_writes_down_what_it_made() {
        Flow fresh = new Flow();
        fresh.start();
        try {
            FirstUser first = FirstUser.create(fresh.installation()).orElseThrow();

            List<JsonNode> test = AuditTrail.listed(fresh.nobody().withKey(first.testKey()), "");
            List<JsonNode> live = AuditTrail.listed(fresh.nobody().withKey(first.liveKey()), "");

            assertThat(actions(test)).containsExactlyInAnyOrder("createUser", "createApiKey", "createChannel");
            assertThat(actions(live)).containsExactlyInAnyOrder("createUser", "createApiKey");
            assertThat(test)
                    .allSatisfy(entry -> assertThat(entry.path("actor").asText() + " "
                                    + entry.path("address").asText())
                            .isEqualTo(ACTOR + " local"));
        } finally {
            fresh.stop();
        }
    }

    @Test
    void nobody_is_given_the_sight_of_all_users_without_asking_for_it_by_name() {
        run("users", "add", "ida");
        String key = run("keys", "create", "--user", "ida", "--name", "K").out().strip();
        String admin = run("keys", "create", "--user", "ida", "--name", "A", "--scopes", "audit:read,admin")
                .out()
                .strip();
        String others = flow.user().key(Mode.TEST).channel();

        assertThat(AuditTrail.listed(flow.nobody().withKey(key), "resourceId=" + others))
                .isEmpty();
        assertThat(AuditTrail.listed(flow.nobody().withKey(admin), "resourceId=" + others))
                .hasSize(1);
    }
}
