package io.flowapi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.testing.Await;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person at the console, beside a running server. */
class KeysCommandTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    @BeforeAll
    static void addUser() {
        run("users", "add", "kim");
    }

    private static Shell.Output run(String... arguments) {
        return new Shell(flow.environment()).flow(arguments);
    }

    @Test
    void creates_a_key_that_works_on_the_running_server() {
        Shell.Output made = run("keys", "create", "--user", "kim", "--name", "laptop", "--json");

        JsonNode key = made.json().getFirst();
        JsonNode me =
                flow.nobody().withKey(key.path("secret").asText()).get("/v1/me").ok();
        assertThat(made.exit()).isZero();
        assertThat(me.at("/apiKey/id").asText()).isEqualTo(key.path("id").asText());
        assertThat(me.at("/user/name").asText()).isEqualTo("kim");
        assertThat(me.at("/apiKey/name").asText()).isEqualTo("laptop");
        assertThat(me.at("/apiKey/mode").asText()).isEqualTo("test");
        assertThat(me.at("/apiKey/scopes")).hasSize(10);
    }

    @Test
    void prints_nothing_but_the_secret_for_a_script() {
        Shell.Output made = run("keys", "create", "--user", "kim", "--name", "script");

        assertThat(made.out().strip()).matches("flow_test_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}");
        assertThat(made.err()).isEmpty();
    }

    @Test
    void gives_the_mode_and_scopes_it_is_told() {
        Shell.Output made = run(
                "keys",
                "create",
                "--user",
                "kim",
                "--name",
                "A",
                "--mode",
                "live",
                "--scopes",
                "posts:read, keys:read");

        JsonNode me = flow.nobody().withKey(made.out().strip()).get("/v1/me").ok();
        assertThat(me.at("/apiKey/mode").asText()).isEqualTo("live");
        assertThat(me.at("/apiKey/scopes"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("posts:read", "keys:read");
    }

    @Test
    void lists_the_keys_of_a_user_without_their_secrets() {
        run("users", "add", "lee");
        JsonNode made = run("keys", "create", "--user", "lee", "--name", "only", "--json")
                .json()
                .getFirst();

        Shell.Output listed = run("keys", "list", "--user", "lee", "--json");
        Shell.Output forPeople = run("keys", "list", "--user", "lee");

        assertThat(listed.json()).singleElement().satisfies(key -> {
            assertThat(key.path("id")).isEqualTo(made.path("id"));
            assertThat(key.path("name").asText()).isEqualTo("only");
            assertThat(key.has("secret")).isFalse();
        });
        assertThat(listed.out() + forPeople.out())
                .doesNotContain(made.path("secret").asText());
        assertThat(forPeople.out()).contains(made.path("id").asText(), "only");
    }

    @Test
    void a_revoked_key_is_refused_within_a_second() {
        JsonNode made = run("keys", "create", "--user", "kim", "--name", "lost", "--json")
                .json()
                .getFirst();
        TestCaller lost = flow.nobody().withKey(made.path("secret").asText());
        lost.get("/v1/me").expect(200);

        Shell.Output revoked = run("keys", "revoke", made.path("id").asText(), "--json");

        assertThat(revoked.json().getFirst().path("state").asText()).isEqualTo("revoked");
        Await.within(Duration.ofSeconds(1), () -> lost.get("/v1/me").status() == 401);
        assertThat(run("keys", "revoke", made.path("id").asText()).err()).contains("There is no key");
    }

    @Test
    void tells_what_is_wrong_with_a_command() {
        refused("There is no user nobody.", "keys", "create", "--user", "nobody", "--name", "A");
        refused("There is no user nobody.", "keys", "list", "--user", "nobody");
        refused(
                "--mode is live or test, not prod.",
                "keys",
                "create",
                "--user",
                "kim",
                "--name",
                "A",
                "--mode",
                "prod");
        refused(
                "There is no scope posts; there are posts:read,",
                "keys",
                "create",
                "--user",
                "kim",
                "--name",
                "A",
                "--scopes",
                "posts");
        refused("--name", "keys", "create", "--user", "kim");
        refused("--user", "keys", "create", "--name", "A");
        refused("not-an-id", "keys", "revoke", "not-an-id");
    }

    @Test
    void refuses_a_name_that_the_api_would_refuse() {
        for (String name : List.of("", " ", "x".repeat(101))) {
            Shell.Output refused = flow.unchangedBy(() -> run("keys", "create", "--user", "kim", "--name", name));
            assertThat(refused.exit()).isEqualTo(2);
        }
    }

    @Test
    void removes_html_tags_from_a_name_as_the_api_does() {
        Shell.Output made = run("keys", "create", "--user", "kim", "--name", "<b>CI</b> a < b<!-- x -->", "--json");
        Shell.Output nothing =
                flow.unchangedBy(() -> run("keys", "create", "--user", "kim", "--name", "<i></i> <br/>"));

        JsonNode key = made.json().getFirst();
        assertThat(key.path("name").asText()).isEqualTo("CI a < b");
        assertThat(key.at("/warnings/0/detail").asText()).isEqualTo("3 HTML tags were removed.");
        assertThat(made.err().strip()).isEqualTo("3 HTML tags were removed.");
        assertThat(flow.nobody()
                        .withKey(key.path("secret").asText())
                        .get("/v1/me")
                        .text("apiKey/name"))
                .isEqualTo("CI a < b");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("1 to 100 characters");
    }

    @Test
    void gives_every_scope_but_the_sight_of_others() {
        Shell.Output made = run("keys", "create", "--user", "kim", "--name", "A", "--json");

        assertThat(made.json().getFirst().path("scopes"))
                .extracting(JsonNode::asText)
                .contains("audit:read", "keys:write")
                .doesNotContain("admin");
    }

    private static void refused(String reason, String... arguments) {
        Shell.Output output = flow.unchangedBy(() -> run(arguments));
        assertThat(output.exit()).isEqualTo(2);
        assertThat(output.err()).contains(reason).contains("Usage: flow keys").doesNotContain("\tat ");
        assertThat(output.out()).isEmpty();
    }
}
