package io.flowapi.providers.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.platform.net.OutgoingOutcome;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Dialect;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import io.flowapi.providers.ProviderRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of LinkedIn that are used. */
final class LinkedInApi {

    private static final String POSTS = "/rest/posts";

    /** A post is made with a 201 and deleted with a 204, both without a body; a refusal has a message. */
    private static final Dialect WORDS = new Dialect() {
        @Override
        public boolean done(int status, @Nullable JsonNode body) {
            return status == 201 || status == 204 || status == 200 && body != null;
        }

        @Override
        public Optional<Said> refusal(JsonNode body) {
            String message = body.path("message").asText("");
            String code = code(body);
            return message.isEmpty() && code.isEmpty() ? Optional.empty() : Optional.of(new Said(code, message));
        }
    };

    private final NetworkCalls calls;
    private final String url;
    private final Map<String, String> headers;

    /** @param url where LinkedIn is, without a trailing slash */
    LinkedInApi(OutgoingHttp http, InstantSource clock, String url, LinkedInVersion version) {
        this.calls = new NetworkCalls(http, clock, WORDS);
        this.url = url;
        this.headers = Map.of("LinkedIn-Version", version.number(), "X-Restli-Protocol-Version", "2.0.0");
    }

    /** Newer answers have the reason inside. */
    private static String code(JsonNode body) {
        String code = body.path("code").asText("");
        return code.isEmpty() ? body.at("/errorDetails/inputErrors/0/code").asText("") : code;
    }

    String url() {
        return url;
    }

    /** The member whose token it is. */
    NetworkAnswer member(String token, Deadline deadline) {
        return send(request("GET", "/v2/userinfo", ""), token, answer -> {}, deadline);
    }

    /** The request that makes a post, as it is shown and as it is sent. */
    ProviderRequest creation(String body) {
        return request("POST", POSTS, body);
    }

    /** @param heard is told of an answer, for its headers */
    NetworkAnswer create(String token, String body, Consumer<OutgoingOutcome.Answered> heard, Deadline deadline) {
        return send(creation(body), token, heard, deadline);
    }

    NetworkAnswer delete(String token, Urn post, Deadline deadline) {
        String path = POSTS + "/" + URLEncoder.encode(post.text(), StandardCharsets.US_ASCII);
        return send(request("DELETE", path, ""), token, answer -> {}, deadline);
    }

    private ProviderRequest request(String verb, String path, String body) {
        return ProviderRequest.of(verb, url + path, headers, body);
    }

    private NetworkAnswer send(
            ProviderRequest request, String token, Consumer<OutgoingOutcome.Answered> heard, Deadline deadline) {
        return calls.send(new NetworkCalls.Call(request, token, heard), deadline);
    }
}
