package io.flowapi.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HtmlOnBlueskyTest {

    private static final int GRAPHEMES_MAX = 300;

    @RegisterExtension
    static final Flow flow = new Flow();

    private TroubledNetwork network;

    @BeforeAll
    static void onlyWithAServer() {
        RealPds.skipWithout();
    }

    @BeforeEach
    void open() {
        network = TroubledNetwork.connected(flow);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void the_network_counts_what_remains_of_a_text() {
        String most = "x".repeat(GRAPHEMES_MAX);

        assertThat(network.alice
                        .post(
                                "/v1/posts",
                                TestCaller.postJson(network.channel(), "<p>" + most + "</p>", "\"publishNow\":true"))
                        .expect(201)
                        .text("content"))
                .isEqualTo(most);
        flow.unchanged(() -> network.alice
                .post(
                        "/v1/posts",
                        TestCaller.postJson(network.channel(), "<p>" + most + "x</p>", "\"publishNow\":true"))
                .isProblem(422, "validation_failed"));
    }
}
