package io.flowapi.crash;

import java.time.Duration;
import java.util.List;

/** The network of test mode, which has a ledger of its own. */
record Sandbox(String channel) implements Network {

    /** Every so many posts it is asked to publish and to lose its answer. */
    private static final int ANSWERS_LOST_EVERY = 16;

    /** The channel that a first start has made. */
    static Sandbox of(RestartedServer server) {
        return new Sandbox(server.process().told("sandbox channel"));
    }

    @Override
    public List<String> channels() {
        return List.of(channel);
    }

    @Override
    public String content(String name, int number) {
        return number % ANSWERS_LOST_EVERY == 0 ? name + " [sandbox:timeout]" : name;
    }

    @Override
    public Duration pace() {
        return Duration.ZERO;
    }

    @Override
    public List<String> timeline(Api api) {
        return api.all("/v1/channels/" + channel + "/timeline").stream()
                .map(entry -> entry.path("content").asText())
                .toList();
    }
}
