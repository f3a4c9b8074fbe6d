package io.flowapi.ratelimits;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.RateLimits;
import io.flowapi.platform.http.Fields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the installation, for keys that have none of their own.
 *
 * @param keys with every class; 0 is no limit, here as everywhere
 * @param failedAuthentication wrong keys of one address
 */
public record RateLimitSettings(RateLimits keys, int failedAuthentication) {

    /** What a count in {@link Window} has room for, and more than one server answers. */
    public static final int MAX = 1_000_000;

    /** The limits that hold for a key, with every class. */
    public RateLimits holding(RateLimits own) {
        return KeyLimits.given(own, keys);
    }

    /** What a request counts in; without what has no limit. */
    List<Quota> quotas(@Nullable String operationsClass, RateLimits own) {
        Map<RateClass, Integer> counted = new EnumMap<>(RateClass.class);
        RateLimits holding = holding(own);
        counted.put(RateClass.DEFAULT, RateClass.DEFAULT.in(holding));
        if (operationsClass != null) {
            RateClass creation = RateClass.of(operationsClass);
            counted.put(creation, creation.in(holding));
        }
        return counted.entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .map(one -> new Quota(one.getKey(), one.getValue()))
                .toList();
    }

    /**
     * In what one key would give another more than it has itself.
     *
     * @param pointer of the limits in the body; empty where they are not in it
     */
    public List<FieldError> notHeld(RateLimits givers, RateLimits given, String pointer) {
        List<FieldError> errors = new ArrayList<>();
        for (RateClass one : RateClass.OF_KEYS) {
            int has = one.in(holding(givers));
            int gives = one.in(holding(given));
            if (has > 0 && (gives == 0 || gives > has)) {
                errors.add(Fields.body(
                        pointer.isEmpty() ? "" : pointer + "/" + one.field(),
                        "limit_not_held",
                        "A key cannot give more than it has: " + has + " " + one.word() + " requests in 60 seconds."));
            }
        }
        return errors;
    }
}
