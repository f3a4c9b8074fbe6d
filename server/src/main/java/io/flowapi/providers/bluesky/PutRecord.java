package io.flowapi.providers.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The frozen request: the body of a putRecord, sent as stored. */
record PutRecord(String json, String did, String key, String text, Instant createdAt) {

    static final String COLLECTION = "app.bsky.feed.post";

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * The null of swapRecord says that there must be nothing under the key, or exactly this: without it a record of
     * somebody else would be overwritten.
     *
     * @param dids of the mentioned handles; a handle that is missing is plain text
     */
    static String json(
            String did,
            String key,
            String text,
            Instant createdAt,
            List<Span> spans,
            Map<String, String> dids,
            @Nullable List<String> langs) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("$type", COLLECTION);
        record.put("text", text);
        record.put("createdAt", MILLISECONDS.format(createdAt));
        List<Map<String, Object>> facets = facets(text, spans, dids);
        if (!facets.isEmpty()) {
            record.put("facets", facets);
        }
        if (langs != null) {
            record.put("langs", langs);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("repo", did);
        body.put("collection", COLLECTION);
        body.put("rkey", key);
        body.put("record", record);
        body.put("swapRecord", null);
        return Json.text(body);
    }

    static PutRecord read(String json) {
        JsonNode body = Json.tree(json);
        JsonNode record = body.get("record");
        return new PutRecord(
                json,
                body.get("repo").textValue(),
                body.get("rkey").textValue(),
                record.get("text").textValue(),
                Instant.parse(record.get("createdAt").textValue()));
    }

    String uri() {
        return "at://" + did + "/" + COLLECTION + "/" + key;
    }

    String url() {
        return "https://bsky.app/profile/" + did + "/post/" + key;
    }

    boolean isIn(JsonNode record) {
        return record.path("text").asText("").equals(text)
                && record.path("createdAt").asText("").equals(MILLISECONDS.format(createdAt));
    }

    private static List<Map<String, Object>> facets(String text, List<Span> spans, Map<String, String> dids) {
        return spans.stream()
                .filter(span -> !(span instanceof Span.Mention mention) || dids.containsKey(mention.handle()))
                .map(span -> Map.of(
                        "index",
                        Map.of("byteStart", bytes(text, span.start()), "byteEnd", bytes(text, span.end())),
                        "features",
                        List.of(feature(span, dids))))
                .toList();
    }

    private static Map<String, String> feature(Span span, Map<String, String> dids) {
        return switch (span) {
            case Span.Link link -> feature("link", "uri", link.uri());
            case Span.Mention mention -> feature("mention", "did", dids.get(mention.handle()));
            case Span.Tag tag -> feature("tag", "tag", tag.tag());
        };
    }

    private static Map<String, String> feature(String kind, String member, String value) {
        return Map.of("$type", "app.bsky.richtext.facet#" + kind, member, value);
    }

    private static int bytes(String text, int end) {
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
}
