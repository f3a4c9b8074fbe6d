package io.flowapi.client;

import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import java.util.UUID;

/** Bodies the tests share. */
final class Samples {

    static final UUID ID = UUID.fromString("0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a04");

    static final CreatePostRequest HELLO = CreatePostRequest.builder()
            .content("Hello from Flow")
            .addTargets(CreateTarget.builder().channelId(ID).build())
            .publishNow(true)
            .build();

    private Samples() {}

    static String post(String status) {
        return """
                {"id": "%s", "content": "Hello", "targets": [], "metadata": {"b": "2", "a": "1"}, "status": "%s",
                 "warnings": [], "createdAt": "2026-11-23T09:30:00Z", "updatedAt": "2026-11-23T09:30:00.009Z",
                 "version": 3}
                """.formatted(ID, status);
    }

    static String channel() {
        return """
                {"id": "%s", "name": "Demo", "provider": "sandbox", "status": "connected", "warnings": [],
                 "createdAt": "2026-11-23T09:30:00Z", "updatedAt": "2026-11-23T09:30:00Z", "version": 1}
                """.formatted(ID);
    }

    static String problem(int status, String code, boolean retryable) {
        return """
                {"type": "http://localhost/problems/%2$s", "title": "Title", "status": %1$d, "code": "%2$s",
                 "detail": "The detail.", "requestId": "req_1", "retryable": %3$s}
                """.formatted(status, code, retryable);
    }
}
