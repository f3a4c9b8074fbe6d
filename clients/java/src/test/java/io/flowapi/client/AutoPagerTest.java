package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.AuditApi.ListAuditEntriesQuery;
import io.flowapi.client.PostsApi.ListPostsQuery;
import io.flowapi.client.StubServer.Received;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AutoPagerTest {

    private static final String POST = Samples.post("draft");
    private static final String LAST = "{\"data\": [%s], \"hasMore\": false}".formatted(POST);
    private static final RequestOptions OPTIONS =
            RequestOptions.builder().header("X-Trace", "t1").build();

    @AutoClose
    private final StubServer server = new StubServer();

    private static String page(String posts, String nextCursor) {
        return "{\"data\": [%s], \"hasMore\": true, \"nextCursor\": \"%s\"}".formatted(posts, nextCursor);
    }

    @Test
    void goes_through_all_pages_with_the_same_query_and_options() {
        server.then(200, page(POST + "," + POST, "c1"))
                .then(200, page("", "c2"))
                .then(200, LAST);
        ListPostsQuery query =
                ListPostsQuery.builder().status(PostStatus.DRAFT).limit(2).build();

        assertThat(server.client().posts().listPostsAll(query, OPTIONS).stream())
                .hasSize(3);

        assertThat(server.received())
                .extracting(Received::target)
                .containsExactly(
                        "/v1/posts?status=draft&limit=2",
                        "/v1/posts?status=draft&limit=2&cursor=c1",
                        "/v1/posts?status=draft&limit=2&cursor=c2");
        assertThat(server.received())
                .extracting(request -> request.header("X-trace"))
                .containsOnly("t1");
    }

    @Test
    void pages_the_audit_log_too() {
        String entry = "{\"id\":\"%1$s\",\"userId\":\"%1$s\",\"actor\":\"worker\",\"action\":\"target.published\","
                .concat("\"resourceType\":\"target\",\"resourceId\":\"%1$s\",\"createdAt\":\"2026-11-23T09:30:00Z\"}")
                .formatted(UUID.randomUUID());
        server.then(200, page(entry, "c1")).then(200, LAST.replace(POST, entry));
        ListAuditEntriesQuery query =
                ListAuditEntriesQuery.builder().action("target.published").build();

        assertThat(server.client().audit().listAuditEntriesAll(query).stream()).hasSize(2);

        assertThat(server.received())
                .extracting(Received::target)
                .containsExactly(
                        "/v1/audit-entries?action=target.published",
                        "/v1/audit-entries?action=target.published&cursor=c1");
    }

    @Test
    void fetches_a_page_only_when_it_is_wanted() {
        server.then(200, page(POST, "c1"));

        AutoPager<Post> posts = server.client().posts().listPostsAll();
        assertThat(server.received()).isEmpty();

        assertThat(posts.stream().findFirst()).isPresent();
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void can_be_gone_through_twice_and_from_the_middle() {
        server.then(200, LAST).then(200, LAST);
        AutoPager<Post> posts = server.client()
                .posts()
                .listPostsAll(ListPostsQuery.builder().cursor("middle").build());

        assertThat(posts).hasSize(1);
        assertThat(posts).hasSize(1);

        assertThat(server.received()).extracting(Received::target).containsOnly("/v1/posts?cursor=middle");
    }

    @Test
    void ends_after_the_last_entry() {
        server.then(200, "{\"data\": []}");
        Iterator<Post> posts = server.client().posts().listPostsAll().iterator();

        assertThat(posts.hasNext()).isFalse();
        assertThatThrownBy(posts::next).isInstanceOf(NoSuchElementException.class);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void does_not_turn_the_same_page_for_ever() {
        server.then(200, page("", "c1")).then(200, page("", "c1"));

        assertThatThrownBy(() -> server.client().posts().listPostsAll().stream().count())
                .isExactlyInstanceOf(FlowException.class)
                .hasMessage("the server names the same page as the next one");
    }

    @Test
    void throws_what_a_page_throws_and_repeats_what_can_pass() {
        server.then(200, page(POST, "c1"))
                .then(503, Samples.problem(503, "overloaded", true))
                .then(404, Samples.problem(404, "not_found", false));
        Iterator<Post> posts = server.client().posts().listPostsAll().iterator();
        posts.next();

        assertThatThrownBy(posts::hasNext).isInstanceOf(NotFoundException.class);
        assertThat(server.received()).hasSize(3);
    }

    @Test
    void knows_every_list_of_the_document() {
        String none = "{\"data\": [], \"hasMore\": false}";
        for (int i = 0; i < 4; i++) {
            server.then(200, none);
        }
        FlowClient flow = server.client();

        assertThat(flow.channels().listChannelsAll()).isEmpty();
        assertThat(flow.channels().listChannelTimelineAll(Samples.ID)).isEmpty();
        assertThat(flow.apiKeys().listApiKeysAll()).isEmpty();
        assertThat(flow.posts().listPostAttemptsAll(Samples.ID)).isEmpty();
    }
}
