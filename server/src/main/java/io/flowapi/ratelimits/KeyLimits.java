package io.flowapi.ratelimits;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.RateLimits;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits that a key has of its own, as text: {@code default=500,post-creation=100}. */
public final class KeyLimits {

    /** None of its own: those of the installation hold. */
    public static final RateLimits NONE = new RateLimits(null, null, null, null);

    private KeyLimits() {}

    /** @throws IllegalArgumentException saying what is wrong */
    public static RateLimits parse(String text) {
        Map<RateClass, Integer> limits = new EnumMap<>(RateClass.class);
        for (String entry : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String[] parts = entry.strip().split("=", 2);
            RateClass named = RateClass.of(parts[0]);
            if (limits.put(named, number(entry, parts)) != null) {
                throw new IllegalArgumentException("The rate limit " + named.word() + " is given twice.");
            }
        }
        return of(limits);
    }

    private static int number(String entry, String[] parts) {
        if (parts.length == 2 && parts[1].matches("\\d{1,7}") && Integer.parseInt(parts[1]) <= RateLimitSettings.MAX) {
            return Integer.parseInt(parts[1]);
        }
        throw new IllegalArgumentException("A rate limit is written like default=500, with a number from 0 to "
                + RateLimitSettings.MAX + ", not " + entry.strip() + ".");
    }

    public static String text(RateLimits limits) {
        return RateClass.OF_KEYS.stream()
                .filter(one -> one.in(limits) != null)
                .map(one -> one.word() + "=" + one.in(limits))
                .collect(joining(","));
    }

    /** The wanted ones; what they leave out is as the giver has it. */
    public static RateLimits given(@Nullable RateLimits wanted, RateLimits givers) {
        Map<RateClass, Integer> limits = new EnumMap<>(RateClass.class);
        for (RateClass one : RateClass.OF_KEYS) {
            Integer own = wanted == null ? null : one.in(wanted);
            Integer limit = own == null ? one.in(givers) : own;
            if (limit != null) {
                limits.put(one, limit);
            }
        }
        return of(limits);
    }

    static RateLimits of(Map<RateClass, Integer> limits) {
        return new RateLimits(
                limits.get(RateClass.DEFAULT),
                limits.get(RateClass.POST_CREATION),
                limits.get(RateClass.WEBHOOK_CREATION),
                limits.get(RateClass.API_KEY_CREATION));
    }
}
