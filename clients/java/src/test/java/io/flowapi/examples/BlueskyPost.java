package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.ChannelCredentials;
import io.flowapi.client.model.CreateChannelRequest;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.Provider;
import java.time.Duration;

/** Connects an account on a Bluesky server and publishes to it. */
final class BlueskyPost {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private BlueskyPost() {}

    static Channel connect(FlowClient flow, String service, String handle, String appPassword) {
        return flow.channels()
                .createChannel(CreateChannelRequest.builder()
                        .name("Our account")
                        .provider(Provider.BLUESKY)
                        .credentials(ChannelCredentials.builder()
                                .service(service)
                                .identifier(handle)
                                .appPassword(appPassword)
                                .build())
                        .build());
    }

    static Post publish(FlowClient flow, Channel channel, String text) {
        Post post = flow.posts()
                .createPost(CreatePostRequest.builder()
                        .content(text)
                        .addTargets(
                                CreateTarget.builder().channelId(channel.id()).build())
                        .publishNow(true)
                        .build());
        return flow.awaitSettled(post.id(), PATIENCE);
    }
}
