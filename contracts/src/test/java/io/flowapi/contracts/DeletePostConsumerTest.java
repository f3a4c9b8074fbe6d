package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.parameter;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ConflictException;
import io.flowapi.client.PostsApi.DeletePostQuery;
import io.flowapi.client.PreconditionFailedException;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.model.DeletionOutcome;
import io.flowapi.client.model.PostDeletion;
import io.flowapi.client.model.ProblemCode;
import org.junit.jupiter.api.Test;

/** How posts end. */
class DeletePostConsumerTest {

    private static final String ONE = "/v1/posts/${postId}";

    private static final DeletePostQuery FROM_PROVIDER =
            DeletePostQuery.builder().fromProvider(true).build();

    @Test
    void deletes_a_post() {
        given("a draft")
                .delete("deletePost", ONE)
                .answers(204)
                .to(flow -> assertThat(flow.posts().deletePost(ID)).isEmpty());
    }

    @Test
    void is_told_that_somebody_else_has_changed_a_post() {
        RequestOptions seen = RequestOptions.builder().ifMatch(100).build();

        given("a draft")
                .delete("deletePost of another version", ONE)
                .ifMatch(100)
                .refuses(412, ProblemCode.PRECONDITION_FAILED)
                .to(PreconditionFailedException.class, flow -> flow.posts().deletePost(ID, seen));
    }

    @Test
    void is_told_that_a_post_on_its_way_cannot_be_deleted() {
        given("a post whose outcome is unknown")
                .delete("deletePost whose outcome is unknown", ONE)
                .refuses(409, ProblemCode.POST_NOT_DELETABLE)
                .to(ConflictException.class, flow -> flow.posts().deletePost(ID));
    }

    @Test
    void deletes_a_post_on_its_networks_too() {
        given("a published post")
                .delete("deletePost from its networks", ONE)
                .query("fromProvider=true")
                .answers(200, deletion -> {
                    deletion.uuid("postId", ID);
                    deletion.minArrayLike("targets", 1, target -> {
                        target.uuid("targetId", ID);
                        target.uuid("channelId", ID);
                        target.stringValue("provider", "sandbox");
                        target.stringValue("outcome", "deleted");
                    });
                })
                .to(flow -> {
                    PostDeletion deletion =
                            flow.posts().deletePost(ID, FROM_PROVIDER).orElseThrow();
                    assertThat(deletion.targets())
                            .allSatisfy(target -> assertThat(target.outcome()).isEqualTo(DeletionOutcome.DELETED));
                });
    }

    @Test
    void is_told_why_a_network_did_not_delete_a_post() {
        given("a published post whose channel is gone")
                .delete("deletePost from a network that cannot be reached", ONE)
                .query("fromProvider=true")
                .refuses(409, ProblemCode.POST_NOT_DELETED, parameter("fromProvider", "channel_deleted"))
                .to(ConflictException.class, flow -> flow.posts().deletePost(ID, FROM_PROVIDER));
    }
}
