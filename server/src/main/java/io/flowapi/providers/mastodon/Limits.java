package io.flowapi.providers.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.RuleSeverity;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Content;
import io.flowapi.providers.Graphemes;
import io.flowapi.providers.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How long a text may be on an instance, counted as instances count. */
record Limits(int maxCharacters, int charactersPerUrl, Instant readAt) {

    /** After that they are read again before the next send. */
    private static final Duration FRESH = Duration.ofDays(1);

    /** After that nothing is refused because of them. */
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int MAX_CHARACTERS = 500;
    private static final int CHARACTERS_PER_URL = 23;
    private static final int MAX_CHARACTERS_BELIEVED = 1_000_000;
    private static final int CHARACTERS_PER_URL_BELIEVED = 1_000;

    /** With its protocol, and a domain that has a dot: the rest is text. */
    private static final Pattern URL = Pattern.compile(
            "(?U)(?<![\\w@$#])https?://[\\w-]++(?:\\.[\\w-]++)++(?::[0-9]{1,5})?+(?:[/?#][^\\s<>\"]*[\\w/=&#%)+-])?",
            Pattern.CASE_INSENSITIVE);

    /** What every instance takes that says nothing else, as those before version 4 do. */
    static Limits usual(Instant now) {
        return new Limits(MAX_CHARACTERS, CHARACTERS_PER_URL, now);
    }

    /** From what an instance says of itself. */
    static Limits of(JsonNode instance, Instant now) {
        JsonNode statuses = instance.path("configuration").path("statuses");
        return new Limits(
                believed(statuses.path("max_characters"), MAX_CHARACTERS, MAX_CHARACTERS_BELIEVED),
                believed(statuses.path("characters_reserved_per_url"), CHARACTERS_PER_URL, CHARACTERS_PER_URL_BELIEVED),
                now);
    }

    private static int believed(JsonNode told, int usual, int most) {
        boolean sane = told.canConvertToInt() && told.intValue() > 0 && told.intValue() <= most;
        return sane ? told.intValue() : usual;
    }

    static Limits read(String json) {
        JsonNode tree = Json.tree(json);
        return new Limits(
                tree.get("maxCharacters").intValue(),
                tree.get("charactersPerUrl").intValue(),
                Instant.parse(tree.get("readAt").textValue()));
    }

    String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("maxCharacters", maxCharacters);
        members.put("charactersPerUrl", charactersPerUrl);
        members.put("readAt", readAt);
        return Json.text(members);
    }

    boolean freshAt(Instant now) {
        return now.isBefore(readAt.plus(FRESH));
    }

    /** What an instance said long ago may have changed, and refuses nothing any more. */
    List<Rule> rules(Instant now) {
        boolean known = now.isBefore(readAt.plus(KEPT));
        return List.of(new Rule(
                "mastodon.status.characters",
                known ? RuleSeverity.ERROR : RuleSeverity.WARNING,
                "The instance takes at most " + maxCharacters
                        + " characters, the spoiler text among them; a URL counts " + charactersPerUrl
                        + ", and the domain of a mention does not count.",
                (long) maxCharacters,
                "characters",
                "Shorten the text or the spoiler text.",
                new Rule.Measure(null, this::count)));
    }

    /** The spoiler text and the text, where a URL counts the same however long it is. */
    private int count(Content content) {
        String spoiler = content.options() == null || content.options().spoilerText() == null
                ? ""
                : content.options().spoilerText();
        String text = URL.matcher(Mentions.withoutDomains(content.text())).replaceAll("x".repeat(charactersPerUrl));
        return Graphemes.count(spoiler + text);
    }
}
