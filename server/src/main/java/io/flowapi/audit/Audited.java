package io.flowapi.audit;

import java.util.UUID;

/** What was changed: a kind of resource and which one. */
public record Audited(String type, UUID id) {

    public static Audited user(UUID id) {
        return new Audited("user", id);
    }

    public static Audited apiKey(UUID id) {
        return new Audited("api_key", id);
    }

    public static Audited channel(UUID id) {
        return new Audited("channel", id);
    }

    public static Audited connection(UUID id) {
        return new Audited("connection", id);
    }

    public static Audited post(UUID id) {
        return new Audited("post", id);
    }

    public static Audited webhook(UUID id) {
        return new Audited("webhook", id);
    }

    public static Audited delivery(UUID id) {
        return new Audited("delivery", id);
    }

    public static Audited target(UUID id) {
        return new Audited("target", id);
    }
}
