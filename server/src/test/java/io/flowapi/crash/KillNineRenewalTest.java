package io.flowapi.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Await;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.OAuthX;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies with a new token that it has stored and not used yet: the refresh token before it is good no more. */
class KillNineRenewalTest {

    private static final Duration SOON = ChosenDatabase.LEASE.plusSeconds(60);

    @TempDir
    Path directory;

    @Test
    void a_channel_works_after_a_death_between_the_renewal_of_its_token_and_its_first_use() throws Exception {
        try (OAuthX x = new OAuthX(InstantSource.system())) {
            Map<String, String> environment = new HashMap<>(ChosenDatabase.fresh());
            environment.putAll(x.settings());
            try (RestartedServer server =
                    RestartedServer.firstStart("renewal", "live key", directory.resolve("data"), environment)) {
                FakeOAuth.Granted granted = x.tokens.grant("alice");
                String channel = server.api()
                        .connectX(
                                granted.accessToken(),
                                granted.refreshToken(),
                                Instant.now().plusSeconds(30));
                CountDownLatch died = new CountDownLatch(1);
                x.beforeNextPost(() -> {
                    // SIGKILL: the post is not taken, and its sender has the new token in no memory any more.
                    server.process().close();
                    died.countDown();
                    throw new IllegalStateException("the sender is dead");
                });
                publish(server, channel, "before");
                died.await();
                assertThat(x.tokens.refreshes()).containsExactly(granted.refreshToken());
                assertThat(x.posts()).isEmpty();

                server.restart();
                publish(server, channel, "after");
                Await.within(SOON, () -> x.posts().contains("after"));

                assertThat(x.tokens.refreshes()).containsExactly(granted.refreshToken());
                assertThat(server.api()
                                .get("/v1/channels/" + channel)
                                .path("status")
                                .asText())
                        .isEqualTo("connected");
            }
        }
    }

    private static void publish(RestartedServer server, String channel, String text) throws IOException {
        assertThat(server.api().publishNow(channel, text, text).statusCode()).isEqualTo(201);
    }
}
