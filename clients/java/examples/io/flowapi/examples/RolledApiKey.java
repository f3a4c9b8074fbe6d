package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.model.CreatedApiKey;
import io.flowapi.client.model.RollApiKeyRequest;
import java.time.Duration;
import java.util.UUID;

/** Replaces the API key in use without a moment in which none works. */
final class RolledApiKey {

    private static final Duration OVERLAP = Duration.ofHours(1);

    private RolledApiKey() {}

    public static void main(String[] arguments) {
        CreatedApiKey fresh = roll(FlowClient.fromEnv());
        System.out.println(fresh.prefix() + "... takes over; put its secret into your configuration within " + OVERLAP);
    }

    static CreatedApiKey roll(FlowClient flow) {
        UUID inUse = flow.caller().getCaller().apiKey().id();
        RollApiKeyRequest overlap = RollApiKeyRequest.builder()
                .overlapSeconds((int) OVERLAP.toSeconds())
                .build();
        return flow.apiKeys().rollApiKey(inUse, overlap);
    }
}
