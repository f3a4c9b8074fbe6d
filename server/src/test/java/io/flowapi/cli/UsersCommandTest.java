package io.flowapi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person at the console, beside a running server. */
class UsersCommandTest {

    private static final Duration REVOCATION_MAX = Duration.ofSeconds(1);

    @RegisterExtension
    static final Flow flow = new Flow();

    private static Shell.Output run(String... arguments) {
        return new Shell(flow.environment()).flow(arguments);
    }

    private static TestCaller caller(String user) {
        return flow.nobody()
                .withKey(run("keys", "create", "--user", user, "--name", "K")
                        .out()
                        .strip());
    }

    @Test
    void adds_a_user_and_prints_id_and_name() {
        Shell.Output added = run("users", "add", "Ada Lovelace", "--json");

        JsonNode user = added.json().getFirst();
        assertThat(added.exit()).isZero();
        assertThat(user.properties().stream().map(Map.Entry::getKey)).containsExactlyInAnyOrder("id", "name");
        assertThat(UUID.fromString(user.path("id").asText()).version()).isEqualTo(7);
        assertThat(user.path("name").asText()).isEqualTo("Ada Lovelace");
    }

    @Test
    void refuses_a_name_that_is_taken() {
        run("users", "add", "twin");

        Shell.Output again = run("users", "add", "twin", "--json");

        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("There is a user twin already.");
        assertThat(again.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x"
            })
    void refuses_a_name_that_is_blank_or_too_long(String name) {
        Shell.Output refused = run("users", "add", name);

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("1 to 100 characters");
    }

    @Test
    void lists_users_with_their_state() {
        run("users", "add", "listed");
        run("users", "add", "listed-disabled");
        run("users", "disable", "listed-disabled");

        Shell.Output listed = run("users", "list", "--json");

        assertThat(listed.exit()).isZero();
        assertThat(listed.json().stream()
                        .filter(user -> user.path("name").asText().startsWith("listed"))
                        .map(user -> user.path("name").asText() + " "
                                + user.path("state").asText()))
                .containsExactly("listed active", "listed-disabled disabled");
        assertThat(run("users", "list").out()).contains("disabled  listed-disabled");
    }

    @Test
    void a_disabled_users_key_is_refused() {
        run("users", "add", "dora");
        TestCaller unused = caller("dora");
        TestCaller dora = caller("dora");
        dora.get("/v1/me").expect(200);

        Shell.Output disabled = run("users", "disable", "dora", "--json");

        assertThat(disabled.json().getFirst().path("state").asText()).isEqualTo("disabled");
        unused.get("/v1/me").isProblem(401, "invalid_api_key");
        Await.within(REVOCATION_MAX, () -> dora.get("/v1/me").status() == 401);
    }

    @Test
    void a_deleted_user_is_gone_with_everything_that_was_theirs() {
        run("users", "add", "gone");
        TestCaller caller = caller("gone");
        caller.draft(caller.channel(), "Mine");

        Shell.Output deleted = run("users", "delete", "gone", "--json");

        assertThat(deleted.exit()).isZero();
        Await.within(REVOCATION_MAX, () -> caller.get("/v1/me").status() == 401);
        assertThat(run("users", "list").out()).doesNotContain("gone");
        assertThat(run("users", "add", "gone").exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "delete"})
    void tells_when_there_is_no_such_user(String command) {
        Shell.Output refused = run("users", command, "nobody");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("There is no user nobody");
    }
}
