package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

/** Calls that prepare a {@link RealPds} and look into it, beside the client under test and outside its rate limits. */
final class Xrpc {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    // As in pds.js.
    private static final String ADMIN_PASSWORD = "the admin password of the test server";
    private static final String BYPASS_KEY = "the rate limit bypass key of the test server";

    private final URI server;

    Xrpc(URI server) {
        this.server = server;
    }

    /** Names and values in turn. */
    PlainJson.Value query(String method, String... parameters) {
        StringBuilder query = new StringBuilder(method);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? "?" : "&").append(parameters[i]).append("=");
            query.append(URLEncoder.encode(parameters[i + 1], UTF_8));
        }
        return send(request(query.toString()).GET());
    }

    /** With a token, or an empty one. */
    PlainJson.Value call(String method, String token, String json) {
        HttpRequest.Builder request = request(method).POST(json(json));
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    PlainJson.Value callAsAdmin(String method, String json) {
        String login = Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes(UTF_8));
        return send(request(method).POST(json(json)).header("Authorization", "Basic " + login));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve("/xrpc/" + path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .header("X-RateLimit-Bypass", BYPASS_KEY);
    }

    private static BodyPublisher json(String json) {
        return json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    }

    /**
     * A client of its own, because a connection kept from before a restart of the server would fail; HTTP/1.1, because the
     * server closes a connection that asks for an upgrade to HTTP/2.
     */
    private static PlainJson.Value send(HttpRequest.Builder request) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer + " " + answer.body());
            }
            return PlainJson.read(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
