package io.flowapi.providers.mastodon;

import java.util.regex.Pattern;

/** Mentions of accounts, such as {@code @alice} and {@code @alice@mastodon.example}. */
final class Mentions {

    private static final Pattern MENTION =
            Pattern.compile("(?U)(?<![=/\\w])(@[a-zA-Z0-9_]++(?:[.-]++[a-zA-Z0-9_]++)*+)@\\w[\\w.-]*\\w");

    private Mentions() {}

    /** The domain of an account neither counts nor is shown. */
    static String withoutDomains(String text) {
        return MENTION.matcher(text).replaceAll("$1");
    }
}
