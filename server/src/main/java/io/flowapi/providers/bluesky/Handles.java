package io.flowapi.providers.bluesky;

import io.flowapi.api.model.TargetError;
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
                case XrpcAnswer.Done done
                when DID.matcher(done.text("did")).matches() -> dids.put(handle, done.text("did"));
                case XrpcAnswer.Refused refusal
                when refusal.rateLimited() -> {
                    return new Resolved.Later(Failures.rateLimited(refusal), refusal.retryAfter());
                }
                // Nobody has this name.
                case XrpcAnswer.Done done -> {}
                case XrpcAnswer.Refused refusal -> {}
                case XrpcAnswer.Unclear unclear -> {
                    return new Resolved.Later(Failures.unusable(unclear), null);
                }
                case XrpcAnswer.NotSent notSent -> {
                    return new Resolved.Later(Failures.notSent(notSent), null);
                }
            }
        }
        return new Resolved.All(dids);
    }
}
