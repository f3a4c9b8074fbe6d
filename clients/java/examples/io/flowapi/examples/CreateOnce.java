package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.FlowResponse;
import io.flowapi.client.RequestOptions;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import java.util.UUID;

/** May crash at any line and start again, and yet posts once. */
final class CreateOnce {

    private CreateOnce() {}

    public static void main(String[] arguments) {
        FlowClient flow = FlowClient.fromEnv();
        UUID channelId = flow.channels().listChannels().data().get(0).id();
        announce(flow, channelId, "4711");
    }

    /** The key and the request follow from the order alone, so that a second start sends exactly the same. */
    static Post announce(FlowClient flow, UUID channelId, String order) {
        CreatePostRequest request = CreatePostRequest.builder()
                .content("Order " + order + " is on its way.")
                .addTargets(CreateTarget.builder().channelId(channelId).build())
                .externalId(order)
                .publishNow(true)
                .build();
        RequestOptions once =
                RequestOptions.builder().idempotencyKey("announce-" + order).build();
        FlowResponse<Post> created = flow.posts().withRawResponse().createPost(request, once);
        boolean again = created.header("Idempotent-Replayed").isPresent();
        System.out.println("order " + order + (again ? " was announced before" : " is announced"));
        return created.value();
    }
}
