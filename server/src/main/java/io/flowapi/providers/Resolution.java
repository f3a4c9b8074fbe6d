package io.flowapi.providers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the network says about a send whose answer is missing. */
public sealed interface Resolution {

    /** It is there. */
    record Found(String providerPostId, @Nullable String url, Instant publishedAt) implements Resolution {}

    /** It is not there and will not appear: sending again is safe. */
    record Absent() implements Resolution {}
}
