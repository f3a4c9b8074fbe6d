package io.flowapi.platform.http;

import io.flowapi.api.model.ProblemCode;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Strong entity tags (RFC 9110, 8.8.3): the version of a resource, in quotes. */
public final class ETags {

    private ETags() {}

    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /**
     * The refusal of a request whose If-Match does not name this version; a weak tag never does.
     *
     * @param ifMatch null when the caller does not mind
     */
    public static Optional<Refusal> refusal(@Nullable String ifMatch, int version) {
        String current = of(version);
        boolean matches = ifMatch == null
                || ifMatch.equals("*")
                || Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(current::equals);
        return matches
                ? Optional.empty()
                : Optional.of(Refusal.of(
                                ProblemCode.PRECONDITION_FAILED,
                                "The resource has changed: its ETag is " + current + " now.")
                        .with("ETag", current));
    }
}
