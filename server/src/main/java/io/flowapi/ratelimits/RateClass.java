package io.flowapi.ratelimits;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.RateLimits;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is counted together. */
public enum RateClass {
    /** Every request with a key. */
    DEFAULT("default", "default", RateLimits::defaultClass),
    POST_CREATION("post-creation", "postCreation", RateLimits::postCreation),
    WEBHOOK_CREATION("webhook-creation", "webhookCreation", RateLimits::webhookCreation),
    API_KEY_CREATION("api-key-creation", "apiKeyCreation", RateLimits::apiKeyCreation),
    /** Of an address, not of a key. */
    FAILED_AUTHENTICATION("failed-authentication", "", _ -> null);

    /** Those that a key can have limits of its own for. */
    static final List<RateClass> OF_KEYS = List.of(DEFAULT, POST_CREATION, WEBHOOK_CREATION, API_KEY_CREATION);

    private final String word;
    private final String field;
    private final Function<RateLimits, @Nullable Integer> limit;

    RateClass(String word, String field, Function<RateLimits, @Nullable Integer> limit) {
        this.word = word;
        this.field = field;
        this.limit = limit;
    }

    /** @throws IllegalArgumentException when it is no class of a key */
    static RateClass of(String word) {
        return OF_KEYS.stream()
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no rate limit " + word + "; there are "
                        + OF_KEYS.stream().map(RateClass::word).collect(joining(", ")) + "."));
    }

    /** As the document, the headers and the console write it. */
    String word() {
        return word;
    }

    /** Its place in the schema {@code RateLimits}. */
    String field() {
        return field;
    }

    /** Null where the key has none of its own. */
    @Nullable
    Integer in(RateLimits limits) {
        return limit.apply(limits);
    }
}
