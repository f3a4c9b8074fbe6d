package io.flowapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;

/** Requests with something wrong around the body: method, path, query, headers, framing. */
final class Hostile {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get", "QUERY");

    private static final List<String> SEGMENTS = List.of(
            "..",
            "%2e%2e",
            "%2f",
            "%00",
            "%",
            "%zz",
            "%ff",
            ";a=b",
            "{id}",
            "*",
            "'",
            "\"",
            "<a>",
            "a".repeat(2_040),
            "",
            "%0d%0aX-Evil:%201",
            "é",
            "\u0001",
            "0199D3F2-5B1C-7C3E-9D7A-3F6F1F1C9A10",
            "0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a1",
            "[::1]",
            "\\",
            "|",
            "^",
            "~",
            "+",
            "?",
            "a?b?c");

    private static final List<String> QUERIES = List.of(
            "",
            "=",
            "&",
            "&&=&",
            "limit",
            "limit=",
            "limit=0",
            "limit=101",
            "limit=1&limit=2",
            "limit=1e1",
            "limit=%31",
            "limit=+1",
            "limit=01",
            "LIMIT=1",
            "limit=99999999999",
            "limit[]=1",
            "cursor=",
            "cursor=a",
            "cursor=%ff",
            "cursor=%00",
            "cursor=%",
            "cursor=%zz",
            "cursor=a%20b",
            "status=",
            "status=DRAFT",
            "status=draft,failed",
            "status=draft&status=failed",
            "externalId=%ed%a0%80",
            "externalId=%F0%9F%98%80",
            "from=2026-02-30T00:00:00Z",
            "from=now",
            "to=0001-01-01T00:00:00%2B14:00",
            "from=2026-12-01T00:00:00+01:00",
            "channelId=7",
            "channelId=%7B%7D",
            "cancelScheduled=1",
            "cancelScheduled=TRUE",
            "fromProvider=yes",
            "a=%0d%0aX-Evil:1",
            "x=\u0001",
            "x=é",
            "x=<script>",
            "?",
            "a=b#c",
            "a;b",
            "x=" + "y".repeat(1_030));

    private final Draw draw;

    Hostile(Draw draw) {
        this.draw = draw;
    }

    Sent of(Sent valid) {
        return switch (draw.below(11)) {
            case 0 -> valid.with(draw.one(METHODS), valid.target());
            case 1, 2 -> valid.with(valid.method(), path(valid.target()));
            case 3, 4 -> valid.with(valid.method(), valid.path() + "?" + query());
            case 5 -> valid.withHeaders(List.of("Content-Type"), "Content-Type: " + draw.one(StrangeHeaders.TYPES));
            case 6 ->
                valid.withBody(new Mutations(draw).of(valid.body()))
                        .withHeaders(List.of("Content-Type"), "Content-Type: application/json");
            case 7 -> valid.framed(draw.one(List.of(Sent.Framing.values())));
            default -> headers(valid);
        };
    }

    private Sent headers(Sent valid) {
        String header = draw.one(StrangeHeaders.HEADERS);
        int colon = header.indexOf(':');
        boolean instead = colon > 0 && draw.percent(70);
        return valid.withHeaders(instead ? List.of(header.substring(0, colon + 1)) : List.of(), header);
    }

    /** Another segment somewhere. */
    private String path(String target) {
        String[] segments = target.split("/", -1);
        int at = draw.between(1, segments.length - 1);
        segments[at] = draw.percent(70) ? draw.one(SEGMENTS) : segments[at] + draw.one(SEGMENTS);
        return String.join("/", segments);
    }

    private String query() {
        if (draw.percent(70)) {
            return draw.one(QUERIES);
        }
        String name = draw.one("limit", "cursor", "status", "externalId", "from", "to", "channelId", "unheardOf");
        String value = draw.one(Strange.TEXTS);
        return name + "=" + (draw.percent(80) ? URLEncoder.encode(value, UTF_8) : value.replaceAll("\\s", "+"));
    }
}
