package io.flowapi.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an account has posted on X, and how X shows it: with links of its own, escaped, and late. */
final class XPosts {

    /** Of so recent a post another with the same text is a duplicate. */
    private static final Duration DUPLICATES_FOR = Duration.ofHours(24);

    private static final Pattern LINK = Pattern.compile("https?://[^\\s]+|\\b[a-z0-9-]+\\.example(?:/[^\\s]*)?");
    private static final long FIRST_ID = 1_990_000_000_000_000_000L;

    private final List<FakeX.Post> ledger = new ArrayList<>();
    private Duration lag = Duration.ZERO;
    /** No two posts of X ever had the same. */
    private static final AtomicLong LAST_ID = new AtomicLong(FIRST_ID);

    List<FakeX.Post> all() {
        return List.copyOf(ledger);
    }

    void showsAfter(Duration time) {
        lag = time;
    }

    /** Empty when it is a duplicate, whether it is shown or not. */
    Optional<FakeX.Post> take(JsonNode sent, Instant now) {
        boolean duplicate = ledger.stream()
                .filter(post -> post.createdAt().plus(DUPLICATES_FOR).isAfter(now))
                .anyMatch(post -> post.text().equals(sent.path("text").asText()));
        return duplicate ? Optional.empty() : Optional.of(add(sent, now));
    }

    FakeX.Post add(JsonNode sent, Instant now) {
        FakeX.Post post =
                new FakeX.Post(Long.toString(LAST_ID.incrementAndGet()), sent, now.truncatedTo(ChronoUnit.SECONDS));
        ledger.add(post);
        return post;
    }

    void delete(String id) {
        ledger.removeIf(post -> post.id().equals(id));
    }

    /** Newest first; pages are counted in their token. */
    Map<String, Object> page(Map<String, String> query, Instant now) {
        int size = Integer.parseInt(query.getOrDefault("max_results", "10"));
        int from = Integer.parseInt(query.getOrDefault("pagination_token", "p0").substring(1));
        Instant start = Instant.parse(query.getOrDefault("start_time", "2010-11-06T00:00:00Z"));
        List<FakeX.Post> shown = ledger.reversed().stream()
                .filter(post -> !now.isBefore(post.createdAt().plus(lag)))
                .filter(post -> !post.createdAt().isBefore(start))
                .toList();
        List<Map<String, Object>> data =
                shown.stream().skip(from).limit(size).map(XPosts::shown).toList();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("result_count", data.size());
        if (shown.size() > from + size) {
            meta.put("next_token", "p" + (from + size));
        }
        return data.isEmpty() ? Map.of("meta", meta) : Map.of("data", data, "meta", meta);
    }

    private static Map<String, Object> shown(FakeX.Post post) {
        String replyTo = post.sent().at("/reply/in_reply_to_tweet_id").asText("");
        List<Map<String, Object>> urls = new ArrayList<>();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", post.id());
        shown.put("text", (replyTo.isEmpty() ? "" : "@bob ") + wrapped(post.text(), urls));
        shown.put("conversation_id", replyTo.isEmpty() ? post.id() : replyTo);
        shown.put("created_at", post.createdAt().toString().replace("Z", ".000Z"));
        shown.put("edit_history_post_ids", List.of(post.id()));
        if (!urls.isEmpty()) {
            shown.put("entities", Map.of("urls", urls));
        }
        return shown;
    }

    /** Every link becomes one of t.co, and what it was stands beside the text. */
    static String wrapped(String text, List<Map<String, Object>> urls) {
        Matcher link = LINK.matcher(text);
        StringBuilder wrapped = new StringBuilder();
        int done = 0;
        while (link.find()) {
            String written = link.group();
            String shown = "https://t.co/" + Integer.toString(Math.abs(written.hashCode()), 36);
            wrapped.append(escaped(text.substring(done, link.start()))).append(shown);
            done = link.end();
            urls.add(Map.of(
                    "start",
                    wrapped.length() - shown.length(),
                    "end",
                    wrapped.length(),
                    "url",
                    shown,
                    "expanded_url",
                    written.startsWith("http") ? written : "http://" + written,
                    "display_url",
                    written.replaceFirst("^https?://", "")));
        }
        return wrapped + escaped(text.substring(done));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static JsonNode ofText(String text) {
        return Json.tree(Json.text(Map.of("text", text)));
    }
}
