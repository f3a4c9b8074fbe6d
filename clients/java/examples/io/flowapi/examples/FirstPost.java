package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import java.time.Duration;

/** The README's program; ReadmeTest holds the README to it and runs it. */
final class FirstPost {

    private FirstPost() {}

    public static void main(String[] arguments) {
        publish(System.getenv().getOrDefault("FLOW_BASE_URL", "http://localhost:8080"), System.getenv("FLOW_API_KEY"));
    }

    static Post publish(String baseUrl, String apiKey) {
        // tag::readme[]
        FlowClient flow = FlowClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
        Channel channel = flow.channels().listChannels().data().get(0);
        Post post = flow.posts()
                .createPost(CreatePostRequest.builder()
                        .content("Hello from Flow")
                        .addTargets(
                                CreateTarget.builder().channelId(channel.id()).build())
                        .publishNow(true)
                        .build());
        Post settled = flow.awaitSettled(post.id(), Duration.ofSeconds(30));
        System.out.println(
                settled.status().value() + " after " + settled.targets().get(0).latenessMs() + " ms");
        // end::readme[]
        return settled;
    }
}
