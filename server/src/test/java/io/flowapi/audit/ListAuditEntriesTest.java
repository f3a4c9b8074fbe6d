package io.flowapi.audit;

import static io.flowapi.testing.AuditTrail.actions;
import static io.flowapi.testing.AuditTrail.listed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.Shell;
import io.flowapi.api.model.Mode;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestCaller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListAuditEntriesTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Flow.TestUser user = flow.user();
    private final TestCaller alice = user.key(Mode.TEST);

    /** Everything after it is later than everything before. */
    private static Instant tick() {
        flow.clock().advance(Duration.ofSeconds(1));
        return flow.clock().instant();
    }

    @Test
    void lists_newest_first() {
        String channel = alice.channel();
        tick();
        String post = alice.draft(channel, "Draft");
        tick();
        alice.delete("/v1/posts/" + post).expect(204);

        assertThat(actions(listed(alice, ""))).containsExactly("deletePost", "createPost", "createChannel");
    }

    @Test
    void pages_through_everything_while_more_is_written() {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            flow.clock().advance(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
            channels.add(alice.channel());
        }

        List<String> read = new ArrayList<>();
        JsonNode page = alice.get("/v1/audit-entries?limit=7").ok();
        while (page.path("hasMore").asBoolean()) {
            page.path("data").forEach(entry -> read.add(entry.path("resourceId").asText()));
            alice.channel();
            page = alice.get("/v1/audit-entries?limit=7&cursor="
                            + page.path("nextCursor").asText())
                    .ok();
        }
        page.path("data").forEach(entry -> read.add(entry.path("resourceId").asText()));

        assertThat(read).doesNotHaveDuplicates().containsAll(channels);
    }

    @Test
    void filters_by_action_resource_and_time() {
        String channel = alice.channel();
        Instant from = tick();
        String post = alice.draft(channel, "Draft");
        Instant to = tick();
        String other = alice.draft(channel, "Another");
        tick();
        alice.delete("/v1/posts/" + post).expect(204);

        assertThat(resources("action=createPost")).containsExactly(other, post);
        assertThat(actions(listed(alice, "resourceId=" + post))).containsExactly("deletePost", "createPost");
        assertThat(resources("from=" + from + "&to=" + to)).containsExactly(post);
        assertThat(resources("action=createPost&from=" + to)).containsExactly(other);
        assertThat(resources("action=createPost&resourceId=" + channel)).isEmpty();
        assertThat(resources("action=never.heard_Of")).isEmpty();
    }

    @Test
    void keeps_its_end_from_page_to_page() {
        List<String> within = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tick();
            within.addFirst(alice.channel());
        }
        Instant to = tick();
        alice.channel();

        List<String> read = new ArrayList<>();
        String query = "limit=2&to=" + to;
        JsonNode page = alice.get("/v1/audit-entries?" + query).ok();
        page.path("data").forEach(entry -> read.add(entry.path("resourceId").asText()));
        while (page.path("hasMore").asBoolean()) {
            page = alice.get("/v1/audit-entries?" + query + "&cursor="
                            + page.path("nextCursor").asText())
                    .ok();
            page.path("data").forEach(entry -> read.add(entry.path("resourceId").asText()));
        }

        assertThat(read).isEqualTo(within);
    }

    private List<String> resources(String query) {
        return listed(alice, query).stream()
                .map(entry -> entry.path("resourceId").asText())
                .toList();
    }

    @Test
    void refuses_filters_that_cannot_be_read() {
        for (String query : List.of("action=", "action=create-post", "action=" + "a".repeat(65))) {
            alice.get("/v1/audit-entries?" + query).isProblem(400, "invalid_parameter");
        }
        alice.get("/v1/audit-entries?resourceId=7").isProblem(400, "invalid_parameter", "resourceId wrong_format");
        alice.get("/v1/audit-entries?from=today").isProblem(400, "invalid_parameter");
        alice.get("/v1/audit-entries?userId=" + user.account().id()).isProblem(400, "invalid_parameter");
    }

    @Test
    void shows_nobody_elses_entries_and_none_of_the_other_mode() {
        TestCaller bob = flow.caller();
        TestCaller live = user.key(Mode.LIVE);
        bob.channel();
        String onlyTest = alice.channel();
        String onlyLive = live.channel();

        assertThat(resources("")).containsExactly(onlyTest);
        assertThat(listed(live, "")).singleElement().satisfies(entry -> {
            assertThat(entry.path("resourceId").asText()).isEqualTo(onlyLive);
            assertThat(entry.path("mode").asText()).isEqualTo("live");
        });
        assertThat(listed(bob, "resourceId=" + onlyTest)).isEmpty();
    }

    @Test
    void shows_what_concerns_the_user_in_both_modes() {
        Shell console = new Shell(flow.environment());
        console.flow("users", "disable", user.account().name());
        flow.installation().database().write(tx -> tx.execute("update users set disabled_at = null"));

        for (TestCaller own : List.of(user.key(Mode.TEST), user.key(Mode.LIVE))) {
            assertThat(listed(own, "action=disableUser")).singleElement().satisfies(entry -> {
                assertThat(entry.has("mode")).isFalse();
                assertThat(entry.path("resourceId").asText())
                        .isEqualTo(user.account().id().toString());
            });
        }
        assertThat(listed(flow.caller(), "action=disableUser")).isEmpty();
    }

    @Test
    void shows_all_users_to_a_key_that_is_an_admins_too() {
        TestCaller bob = flow.caller();
        Instant from = tick();
        String alices = alice.channel();
        String bobs = bob.channel();
        user.key(Mode.LIVE).channel();
        TestCaller admin = flow.caller("audit:read", "admin");

        assertThat(listed(admin, "action=createChannel&from=" + from).stream()
                        .map(entry -> entry.path("resourceId").asText()))
                .containsExactlyInAnyOrder(alices, bobs);
        assertThat(listed(admin, "resourceId=" + bobs)).hasSize(1);
        flow.caller("admin").get("/v1/audit-entries").isProblem(403, "insufficient_scope");
    }

    @Test
    void refuses_a_cursor_that_is_not_of_this_list() {
        alice.channel();
        alice.channel();
        TestCaller admin = user.key(Mode.TEST, "audit:read", "admin");
        String own = alice.get("/v1/audit-entries?limit=1").text("nextCursor");
        String everybodys = admin.get("/v1/audit-entries?limit=1").text("nextCursor");

        refused(alice, "cursor=" + everybodys);
        refused(admin, "cursor=" + own);
        refused(flow.caller(), "cursor=" + own);
        refused(user.key(Mode.LIVE), "cursor=" + own);
        refused(alice, "action=createChannel&cursor=" + own);
        user.key(Mode.TEST, "audit:read")
                .get("/v1/audit-entries?limit=5&cursor=" + own)
                .expect(200);
    }

    private static void refused(TestCaller caller, String query) {
        caller.get("/v1/audit-entries?" + query).isProblem(400, "invalid_parameter", "cursor invalid_cursor");
    }
}
