package io.flowapi.providers.linkedin;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A post, as LinkedIn names it. The upper bits of its number are the milliseconds since 1970 at which it was made: LinkedIn
 * does not document that; it holds for the posts whose times are known, such as the share 6844785523593134080, and it is
 * only used to tell a post of now from one of before.
 */
record Urn(String text, long number) {

    private static final int BITS_BELOW_TIME = 22;
    private static final Pattern POST = Pattern.compile("urn:li:(?:share|ugcPost|activity):([0-9]{1,19})");

    static Optional<Urn> of(@Nullable String text) {
        return text == null ? Optional.empty() : read(POST.matcher(text.strip()), true);
    }

    /** The first that stands in a sentence. */
    static Optional<Urn> in(String sentence) {
        return read(POST.matcher(sentence), false);
    }

    private static Optional<Urn> read(Matcher found, boolean whole) {
        if (!(whole ? found.matches() : found.find())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Urn(found.group(), Long.parseLong(found.group(1))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    Instant madeAt() {
        return Instant.ofEpochMilli(number >> BITS_BELOW_TIME);
    }

    String url() {
        return "https://www.linkedin.com/feed/update/" + text + "/";
    }
}
