package io.flowapi.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.Treatment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletes statuses on their instance, also when it does not do it at once. */
@Tag("one-database")
class DeleteFromMastodonTest {

    private static final String DELETE = "DELETE /api/v1/statuses/";

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledInstance instance;
    private String post;

    @BeforeEach
    void open() {
        instance = new TroubledInstance(flow);
        post = "/v1/posts/" + published() + "?fromProvider=true";
    }

    @AfterEach
    void close() {
        instance.close();
    }

    private String published() {
        String id = instance.publishNow("Soon gone");
        assertThat(instance.afterDueJobs(id).path("status").asText()).isEqualTo("published");
        return id;
    }

    @Test
    void the_post_is_gone_here_and_there() {
        assertThat(instance.alice.delete(post).ok().at("/targets/0/outcome").asText())
                .isEqualTo("deleted");

        assertThat(instance.mastodon.texts()).isEmpty();
    }

    @Test
    void a_lost_answer_is_made_good_by_repeating() {
        instance.proxy.next(1, DELETE, Treatment.cutBeforeAnswer());

        instance.alice.delete(post).isProblem(409, "post_not_deleted", "fromProvider provider_unavailable");

        assertThat(instance.mastodon.texts()).isEmpty();
        instance.alice.delete(post).ok();
    }

    @ParameterizedTest
    @CsvSource({
        "401, credentials_refused",
        "403, not_allowed",
        "422, provider_unavailable",
        "429, rate_limited",
        "500, provider_unavailable",
        "503, provider_unavailable"
    })
    void a_refusal_keeps_the_post_until_the_request_is_repeated(int status, String code) {
        instance.proxy.next(1, DELETE, Treatment.answer(status, "{\"error\":\"no\"}"));

        instance.alice.delete(post).isProblem(409, "post_not_deleted", "fromProvider " + code);

        assertThat(instance.mastodon.texts()).containsExactly("Soon gone");
        instance.alice.delete(post).ok();
        assertThat(instance.mastodon.texts()).isEmpty();
    }
}
