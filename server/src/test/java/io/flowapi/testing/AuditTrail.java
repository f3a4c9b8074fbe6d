package io.flowapi.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the audit log says of everybody, to somebody who sees all of it. */
public final class AuditTrail {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Flow flow;
    private final TestCaller auditor;

    private AuditTrail(Flow flow, TestCaller auditor) {
        this.flow = flow;
        this.auditor = auditor;
    }

    public static AuditTrail of(Flow flow, Mode mode) {
        return new AuditTrail(flow, flow.user().key(mode, "audit:read", "admin"));
    }

    /** What the work left, newest first; nothing else may be at work. */
    public List<JsonNode> of(Runnable work) {
        flow.clock().advance(TICK);
        Instant from = flow.clock().instant();
        work.run();
        return listed(auditor, "limit=100&from=" + from);
    }

    /** The entries of one page. */
    public static List<JsonNode> listed(TestCaller caller, String query) {
        List<JsonNode> entries = new ArrayList<>();
        caller.get("/v1/audit-entries?" + query).ok().path("data").forEach(entries::add);
        return entries;
    }

    public static List<String> actions(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("action").asText()).toList();
    }
}
