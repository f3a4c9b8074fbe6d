package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.PostNotSettledException;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreateChannelRequest;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.SandboxBehaviour;
import io.flowapi.client.model.SandboxSettings;
import io.flowapi.client.model.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tests how a program takes failures: each is asked for on a sandbox channel of its own. */
final class TestedFailures {

    private static final Map<SandboxBehaviour, String> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put(SandboxBehaviour.NORMAL, "It is out.");
        EXPECTED.put(SandboxBehaviour.TIMEOUT, "It is out.");
        EXPECTED.put(SandboxBehaviour.RATE_LIMITED, "It is out.");
        EXPECTED.put(SandboxBehaviour.REJECTED, "Change the content.");
        EXPECTED.put(SandboxBehaviour.AUTH_REVOKED, "Connect the channel again.");
    }

    private TestedFailures() {}

    public static void main(String[] arguments) {
        FlowClient flow = FlowClient.fromEnv();
        EXPECTED.forEach((behaviour, expected) -> {
            String told = tell(publish(flow, behaviour));
            System.out.println((told.equals(expected) ? "ok   " : "FAIL ") + behaviour.value() + ": " + told);
        });
    }

    /** What is tested: what a user is told of a post. */
    static String tell(Post post) {
        Target target = post.targets().get(0);
        switch (target.status().value()) {
            case "published":
                return "It is out.";
            case "failed":
                return target.error().remediation();
            case "unknown":
                return "Look at the channel: nobody knows whether it is out.";
            default:
                return "It is on its way.";
        }
    }

    static Post publish(FlowClient flow, SandboxBehaviour behaviour) {
        Channel channel = flow.channels()
                .createChannel(CreateChannelRequest.builder()
                        .name("Test of " + behaviour.value())
                        .provider(Provider.SANDBOX)
                        .sandbox(SandboxSettings.builder().behaviour(behaviour).build())
                        .build());
        Post post = flow.posts()
                .createPost(CreatePostRequest.builder()
                        .content("Hello")
                        .addTargets(
                                CreateTarget.builder().channelId(channel.id()).build())
                        .publishNow(true)
                        .build());
        try {
            return flow.awaitSettled(post.id(), Duration.ofSeconds(10));
        } catch (PostNotSettledException notYet) {
            return notYet.post();
        }
    }

    static Map<SandboxBehaviour, String> expected() {
        return EXPECTED;
    }
}
