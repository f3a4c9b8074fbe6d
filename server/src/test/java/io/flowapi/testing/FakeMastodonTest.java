package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FakeMastodonTest {

    private static final String REQUEST = """
            POST /api/v1/statuses HTTP/1.1
            Authorization: Bearer %s
            Host: localhost
            Content-Type: application/json
            Content-Length: 18

            {"status":"whole"}""".formatted(FakeMastodon.TOKEN).replace("\n", "\r\n");

    @Test
    void a_request_that_is_cut_anywhere_stores_nothing_and_a_whole_one_does() throws IOException {
        try (FakeMastodon mastodon = new FakeMastodon(InstantSource.system())) {
            for (int length = 0; length < REQUEST.length(); length++) {
                send(mastodon, REQUEST.substring(0, length));
                assertThat(mastodon.texts()).as("cut after %s", length).isEmpty();
            }

            send(mastodon, REQUEST);

            assertThat(mastodon.texts()).containsExactly("whole");
        }
    }

    /** Sends it, says that no more comes, and reads until the instance is done with it. */
    private static void send(FakeMastodon mastodon, String request) throws IOException {
        try (Socket socket = new Socket("localhost", mastodon.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }
}
