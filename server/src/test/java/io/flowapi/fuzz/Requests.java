package io.flowapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.testing.Documented;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Requests that the document allows. */
final class Requests {

    private final World world;

    Requests(World world) {
        this.world = world;
    }

    Sent valid(int number, Draw draw) {
        Documented operation = draw.one(Documented.OPERATIONS);
        SchemaValues values = new SchemaValues(draw, world.now());
        List<String> headers = new ArrayList<>(List.of("Host: flow.test", "X-Request-Id: fuzz-" + number));
        if (operation.secured()) {
            headers.add("Authorization: Bearer " + world.caller().key());
        }
        byte[] body = {};
        if (operation.hasBody()) {
            headers.add("Content-Type: application/json");
            body = body(operation, values, draw).toString().getBytes(UTF_8);
        }
        for (JsonNode header : operation.parameters("header")) {
            String name = header.path("name").asText();
            if (draw.percent(15)) {
                headers.add(
                        name + ": " + values.value(name, header.path("schema")).asText());
            }
        }
        Sent.Framing framing = body.length > 0 && draw.percent(10) ? Sent.Framing.CHUNKED : Sent.Framing.LENGTH;
        return new Sent(
                number, true, operation, operation.method(), target(operation, values, draw), headers, body, framing);
    }

    private String target(Documented operation, SchemaValues values, Draw draw) {
        String path = world.target(operation, draw);
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.parameters("query")) {
            String name = parameter.path("name").asText();
            // A cursor comes from a page before.
            if (draw.percent(25) && !name.equals("cursor")) {
                String value = name.equals("channelId")
                        ? draw.one(world.channels())
                        : values.value(name, parameter.path("schema")).asText();
                query.add(name + "=" + URLEncoder.encode(value, UTF_8));
            }
        }
        String first = query.isEmpty() ? path : path + "?" + String.join("&", query);
        // The answer to more is 414, as it should be.
        String whole = first.length() - path.length() > 1024 ? path : first;
        return draw.percent(25) ? world.nextPage(operation, whole) : whole;
    }

    /** What the document says in words only is made true here. */
    ObjectNode body(Documented operation, SchemaValues values, Draw draw) {
        ObjectNode body = (ObjectNode) values.value("", operation.schema());
        if (body.path("publishNow").asBoolean()) {
            body.remove("scheduledAt");
        }
        if (body.has("targets")) {
            body.set("targets", targets((ArrayNode) body.path("targets"), draw));
        }
        if (body.has("provider")) {
            body.put("provider", "sandbox");
        }
        // Only the networks of live mode have any, and a test reaches none of them.
        body.remove("credentials");
        if (body.isEmpty() && operation.schema().path("minProperties").asInt(0) > 0) {
            body.put("name", "Another");
        }
        if (body.has("url") && operation.path().startsWith("/v1/webhooks")) {
            body.put(
                    "url",
                    draw.one(
                            "https://hooks.example.com/a", "http://localhost:8089", "https://x.example.org:8443/?a=b"));
        }
        if (body.has("returnUrl")) {
            body.put("returnUrl", draw.one("http://localhost:3000/channels", "http://127.0.0.1/?a=b"));
            body.put("name", "Connected");
            body.remove("channelId");
        }
        // It has to be after since.
        body.remove("until");
        String outcome = body.path("outcome").asText();
        if (outcome.equals("published")) {
            body.put("providerPostId", "p-" + draw.below(100));
        } else if (outcome.equals("failed")) {
            body.remove(List.of("providerPostId", "url"));
        }
        return body;
    }

    /** One for each channel; the options are another network's. */
    private ArrayNode targets(ArrayNode drawn, Draw draw) {
        List<String> channels = new ArrayList<>(world.channels());
        Collections.shuffle(channels, new Random(draw.below(1_000_000)));
        ArrayNode targets = drawn.arrayNode();
        for (int i = 0; i < Math.min(drawn.size(), channels.size()); i++) {
            ObjectNode target = (ObjectNode) drawn.get(i);
            targets.add(target.put("channelId", channels.get(i)));
            target.remove("options");
        }
        return targets;
    }
}
