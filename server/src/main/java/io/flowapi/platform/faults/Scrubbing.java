package io.flowapi.platform.faults;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes what is secret out of a text that leaves the installation: what is known to be, and what looks like it.
 *
 * @param known texts that must never be seen, such as the database's URL
 */
record Scrubbing(List<String> known) {

    private static final String GONE = "[removed]";

    /** Shorter ones would take pieces out of ordinary words. */
    private static final int KNOWN_CHARACTERS_MIN = 6;

    /** What is written is little; what came from outside may have any length. */
    private static final int TEXT_CHARACTERS_MAX = 4_000;

    private static final Pattern SECRET = Pattern.compile(String.join(
            "|",
            // What a statement was about to store, up to the end.
            "arguments:\\{[\\s\\S]*",
            // Our own keys, whole or cut.
            "flow_(?:live|test)_\\w+",
            // A header, as it is written or as a map of headers prints it.
            "(?i:authorization|cookie|password|secret|token|api[-_ ]?key)[\"']?\\s*[:=]\\s*\\[?[\"']?(?:(?i:bearer|basic)\\s+)?[^\\s\"',;\\]}]+",
            "(?i:bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}",
            // User and password of a URL, up to the last @ of it.
            "(?<=://)\\S+(?=@)",
            // Keys of 32 bytes and everything longer: tokens, sealed texts, signatures.
            "[A-Za-z0-9+/_-]{40,}={0,2}"));

    Scrubbing {
        known = known.stream()
                .filter(secret -> secret.length() >= KNOWN_CHARACTERS_MIN)
                .toList();
    }

    String scrub(String text) {
        String left = text.length() > TEXT_CHARACTERS_MAX ? text.substring(0, TEXT_CHARACTERS_MAX) : text;
        for (String secret : known) {
            left = left.replace(secret, GONE);
        }
        return SECRET.matcher(left).replaceAll(GONE);
    }
}
