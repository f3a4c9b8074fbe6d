package io.flowapi.resiliency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.specmatic.core.HttpRequest;
import io.specmatic.core.HttpResponse;
import io.specmatic.core.Scenario;
import io.specmatic.core.value.Value;
import io.specmatic.test.TestExecutor;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sends a generated request, with ids that exist in its path. */
final class Sender implements TestExecutor {

    private final Wire wire;
    private final Resources resources;
    private Scenario scenario;

    Sender(Wire wire) {
        this.wire = wire;
        this.resources = new Resources(wire);
    }

    @Override
    public void setServerState(Map<String, ? extends Value> facts) {}

    @Override
    public void preExecuteScenario(Scenario next, HttpRequest request) {
        scenario = next;
    }

    @Override
    public HttpResponse execute(HttpRequest generated) {
        String path = withFreshIds(generated.getPath());
        Map<String, String> headers = new HashMap<>(generated.getHeaders());
        String body = generated.getBodyString();
        if (!scenario.isNegative()) {
            body = kept(body);
            headers.replace("If-Match", "*");
            headers.replace("Idempotency-Key", UUID.randomUUID().toString());
        }
        return read(wire.send(generated.getMethod(), wire.url() + path + query(generated), headers, body));
    }

    /** A generated id names nothing; where the id itself is what is wrong it stays. */
    private String withFreshIds(String path) {
        String template = scenario.getPath().replaceAll("\\((\\w+):[^)]*\\)", "{$1}");
        String[] parts = path.split("/");
        String[] names = template.split("/");
        boolean wrong = false;
        for (int i = 0; i < names.length; i++) {
            wrong |= names[i].startsWith("{") && !isId(parts[i]);
        }
        return wrong ? path : resources.path(template);
    }

    private static boolean isId(String text) {
        try {
            UUID.fromString(text);
            return text.length() == 36;
        } catch (IllegalArgumentException no) {
            return false;
        }
    }

    private String query(HttpRequest generated) {
        Map<String, String> asked = new TreeMap<>(generated.getQueryParams().asMap());
        if (!scenario.isNegative()) {
            // Only a page that was read has one.
            asked.remove("cursor");
            // A deletion is answered with a body when networks were asked.
            if (scenario.getMethod().equals("DELETE") && scenario.getStatus() == 200) {
                asked.put("fromProvider", "true");
            } else {
                asked.replace("fromProvider", "false");
            }
        }
        return asked.isEmpty()
                ? ""
                : asked.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private String kept(String body) {
        if (body.isEmpty()) {
            return body;
        }
        try {
            JsonNode tree = Wire.JSON.readTree(body);
            new SpokenRules(resources.channel()).keep((ObjectNode) tree);
            return tree.toString();
        } catch (IOException notJson) {
            throw new IllegalStateException(body, notJson);
        }
    }

    private static HttpResponse read(java.net.http.HttpResponse<String> answer) {
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new HttpResponse(answer.statusCode(), answer.body(), headers);
    }
}
