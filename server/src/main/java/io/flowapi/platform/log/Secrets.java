package io.flowapi.platform.log;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes out of a text what looks like a secret, and what a name says is one. Nothing of ours logs a secret on purpose; this
 * is for what comes along in a path, in the message of an exception, from a library. Every pattern is linear: a client
 * decides what it is run on.
 */
public final class Secrets {

    static final String REDACTED = "[redacted]";

    private static final String NAMES = "(?:password|passwd|secret|token|credential|signature|dsn|api[-_]?key"
            + "|private[-_]?key|encryption[-_]?key|authorization|cookie)s?";

    private static final Pattern NAME = Pattern.compile("(?i)" + NAMES + "$");

    private static final List<Rule> RULES = List.of(
            // Our own keys, whole or in part.
            new Rule("flow_(live|test)_[0-9A-Za-z_]+", "flow_$1_" + REDACTED),
            new Rule("(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]++\\.[0-9A-Za-z_-]++(?:\\.[0-9A-Za-z_-]*)?", REDACTED),
            new Rule("(?i)(bearer)\\s{1,3}[^\\s\"',;]{6,}", "$1 " + REDACTED),
            // A user and password in a URL: DATABASE_URL is one.
            new Rule("(?<=://)[^/?#\\s\"'<>]*@", REDACTED + "@"),
            // These two have values of several words.
            new Rule("(?i)((?:authorization|cookie)[\"']?\\s{0,3}[:=]\\s{0,3}[\"']?)[^\\r\\n\"']+", "$1" + REDACTED),
            new Rule(
                    "(?i)(" + NAMES + "[\"']?\\s{0,3}[:=]\\s{0,3})(?:\"[^\"]*+\"?|'[^']*+'?|[^\\s,;&\"'(){}]+)",
                    "$1" + REDACTED));

    /** No id and no word of ours is so long without a break. */
    private static final Rule LONG_WORD = new Rule("[0-9A-Za-z+_-]{40,}={0,2}", REDACTED);

    private Secrets() {}

    /** The text without them. */
    public static String hide(String text) {
        return LONG_WORD.hide(hideButLongWords(text));
    }

    /** For what a client may choose itself, long as it is. */
    public static String hideButLongWords(String text) {
        String hidden = text;
        for (Rule rule : RULES) {
            hidden = rule.hide(hidden);
        }
        return hidden;
    }

    static List<Pattern> patterns() {
        return Stream.concat(RULES.stream(), Stream.of(LONG_WORD))
                .map(Rule::pattern)
                .toList();
    }

    /** Whether a field of this name holds one. */
    static boolean isNamed(String name) {
        return NAME.matcher(name).find();
    }

    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String hide(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }
}
