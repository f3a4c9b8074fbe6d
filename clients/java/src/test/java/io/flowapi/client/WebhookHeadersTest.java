package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The functions of docs/webhooks.md that get the headers of a request; that of the JDK's server is in an example. */
class WebhookHeadersTest {

    private static final String EVENT = "{\"id\": \"" + Samples.ID + "\", \"type\": \"ping\"}";

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    private final SignedDelivery delivery = SignedDelivery.signed("evt_1", Instant.now(), EVENT, SignedDelivery.SECRET);

    @Test
    void of_helidon() throws Exception {
        WebServer server = WebServer.builder()
                .host("localhost")
                .routing(routing -> routing.post("/", (request, response) -> response.send(tell(request))))
                .build()
                .start();
        try {
            URI uri = URI.create("http://localhost:" + server.port());
            assertThat(answer(request(uri))).isEqualTo("ping");
            assertThat(answer(request(uri).header("Webhook-ID", "evt_2"))).isEqualTo("REPEATED_HEADER");
            assertThat(answer(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(EVENT))))
                    .isEqualTo("MISSING_HEADER");
        } finally {
            server.stop();
        }
    }

    private static String tell(ServerRequest request) {
        try {
            return Webhooks.unwrap(
                            request.content().as(byte[].class),
                            name -> request.headers().all(HeaderNames.create(name), List::of),
                            SignedDelivery.SECRET)
                    .type()
                    .value();
        } catch (WebhookRefusedException refused) {
            return refused.reason().name();
        }
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach((name, values) -> request.header(name, values.getFirst()));
        return request;
    }

    private String answer(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    @Test
    void of_the_headers_of_the_jdk() {
        HttpHeaders headers = HttpHeaders.of(delivery.headers(), (name, value) -> true);

        assertThat(Webhooks.unwrap(delivery.body(), headers::allValues, SignedDelivery.SECRET)
                        .id())
                .isEqualTo(Samples.ID);
    }
}
