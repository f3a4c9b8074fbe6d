package io.flowapi.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
import io.flowapi.testing.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody with a browser: what is read is not in the document, so that its answers are not held to it. */
record Reader(Flow flow) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    Answer send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** All that comes back on one connection for a HEAD and, behind it, a GET of the same. */
    String headThenGet(String path) {
        try (Socket socket = new Socket("127.0.0.1", flow.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(Wire.head("HEAD " + path + " HTTP/1.1"));
            out.write(Wire.head("GET " + path + " HTTP/1.1", "Connection: close"));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The paths on this server that the page refers to; it may refer to no other server. */
    List<String> links(String path) {
        return LINK.matcher(get(path).expect(200).text())
                .results()
                .map(link -> address(path).resolve(link.group(1)))
                .peek(link -> assertThat(link.getAuthority()).isEqualTo("127.0.0.1:" + flow.port()))
                .map(URI::getPath)
                .toList();
    }

    /** Holds the answer to what a browser needs to know of everything that it gets from here. */
    static void isGuarded(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy").split("; "))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "img-src 'self' data:",
                        "connect-src 'self'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'none'");
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + flow.port() + path);
    }
}
