package io.flowapi.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The request log of this JVM, from here on. */
public final class RequestLines extends Handler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("io.flowapi.request");
    private static final Duration WRITTEN_MAX = Duration.ofSeconds(10);

    private final Queue<JsonNode> lines = new ConcurrentLinkedQueue<>();

    private RequestLines() {}

    public static RequestLines open() {
        RequestLines lines = new RequestLines();
        LOG.addHandler(lines);
        return lines;
    }

    /** The lines of this answer's request; it is written after the answer is sent. */
    public List<JsonNode> of(Answer answer) {
        Await.within(WRITTEN_MAX, () -> !with(answer).isEmpty());
        return with(answer);
    }

    public List<JsonNode> all() {
        return List.copyOf(lines);
    }

    private List<JsonNode> with(Answer answer) {
        return lines.stream()
                .filter(line -> line.path("requestId").asText().equals(answer.header("X-Request-Id")))
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(Json.tree(line.getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
