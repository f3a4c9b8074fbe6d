package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.PreconditionFailedException;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.UpdatePostRequest;
import java.time.Duration;
import java.time.Instant;

/** Schedules a post and changes it, but never over somebody else's change. */
final class ScheduledPost {

    private ScheduledPost() {}

    public static void main(String[] arguments) {
        FlowClient flow = FlowClient.fromEnv();
        Post post = schedule(flow, Instant.now().plus(Duration.ofDays(1)));
        Post draft = holdBack(flow, correct(flow, post, "See you tomorrow at ten."));
        System.out.println(draft.content() + " is a " + draft.status());
    }

    static Post schedule(FlowClient flow, Instant time) {
        Channel channel = flow.channels().listChannels().data().get(0);
        return flow.posts()
                .createPost(CreatePostRequest.builder()
                        .content("See you tomorrow.")
                        .addTargets(
                                CreateTarget.builder().channelId(channel.id()).build())
                        .scheduledAt(time)
                        .build());
    }

    /** Takes the post as it was last seen; where it has changed since, looks again and leaves it alone. */
    static Post correct(FlowClient flow, Post seen, String content) {
        RequestOptions unchanged =
                RequestOptions.builder().ifMatch(seen.version()).build();
        UpdatePostRequest change = UpdatePostRequest.builder().content(content).build();
        try {
            return flow.posts().updatePost(seen.id(), change, unchanged);
        } catch (PreconditionFailedException changedMeanwhile) {
            return flow.posts().getPost(seen.id());
        }
    }

    /** What is not set stays; null removes, and a post without a time is a draft. */
    static Post holdBack(FlowClient flow, Post post) {
        return flow.posts()
                .updatePost(
                        post.id(), UpdatePostRequest.builder().scheduledAt(null).build());
    }
}
