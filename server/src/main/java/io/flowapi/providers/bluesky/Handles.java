package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkFailures;
import io.flowapi.providers.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom a text mentions: the network wants the account, not its name. */
record Handles(Xrpc xrpc) {

    private static final Pattern DID = Pattern.compile("did:[a-z]+:[A-Za-z0-9._:%-]{1,2000}");

    sealed interface Resolved {

        /** @param dids by handle; those that are nobody's are missing */
        record All(Map<String, String> dids) implements Resolved {}

        /** @param retryAfter what the server asked for; null when it is ours to choose */
        record Later(TargetError error, @Nullable Duration retryAfter) implements Resolved {}
    }

    Resolved resolve(Service service, List<Span> spans, Deadline deadline) {
        List<String> handles = spans.stream()
                .filter(Span.Mention.class::isInstance)
                .map(span -> ((Span.Mention) span).handle())
                .distinct()
                .toList();
        Map<String, String> dids = new HashMap<>();
        for (String handle : handles) {
            switch (xrpc.query(service, "com.atproto.identity.resolveHandle", Map.of("handle", handle), deadline)) {
                case NetworkAnswer.Done done
                when DID.matcher(done.text("did")).matches() -> dids.put(handle, done.text("did"));
                case NetworkAnswer.Refused refusal
                when refusal.rateLimited() -> {
                    return new Resolved.Later(NetworkFailures.rateLimited(refusal), refusal.retryAfter());
                }
                // Nobody has this name.
                case NetworkAnswer.Done done -> {}
                case NetworkAnswer.Refused refusal -> {}
                case NetworkAnswer.Unclear unclear -> {
                    return new Resolved.Later(NetworkFailures.unusable(unclear), null);
                }
                case NetworkAnswer.NotSent notSent -> {
                    return new Resolved.Later(NetworkFailures.notSent(notSent), null);
                }
            }
        }
        return new Resolved.All(dids);
    }
}
