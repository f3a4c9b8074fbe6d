package io.flowapi.examples;

import io.flowapi.client.AuthenticationException;
import io.flowapi.client.FlowApiException;
import io.flowapi.client.FlowClient;
import io.flowapi.client.FlowConnectionException;
import io.flowapi.client.ValidationException;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.FieldError;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells a user what became of a request. The client has already repeated what could pass by itself. */
final class HandledErrors {

    private HandledErrors() {}

    public static void main(String[] arguments) {
        System.out.println(create(FlowClient.fromEnv(), "Hello", UUID.randomUUID()));
    }

    static String create(FlowClient flow, String content, UUID channelId) {
        CreatePostRequest request = CreatePostRequest.builder()
                .content(content)
                .addTargets(CreateTarget.builder().channelId(channelId).build())
                .build();
        try {
            return "created " + flow.posts().createPost(request).id();
        } catch (ValidationException wrong) {
            return wrong.fieldErrors().stream().map(HandledErrors::line).collect(Collectors.joining("\n"));
        } catch (AuthenticationException refused) {
            return "check FLOW_API_KEY";
        } catch (FlowApiException other) {
            // Everything else a server may refuse, now or in a later version.
            return other.status() + " " + other.code().orElse(null) + ", request "
                    + other.requestId().orElse("unknown");
        } catch (FlowConnectionException lost) {
            return "nobody knows; repeat it with the same idempotency key (see CreateOnce)";
        }
    }

    private static String line(FieldError error) {
        return error.pointer() + ": " + error.detail();
    }
}
