package io.flowapi.platform.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known after a call. Publishing once rests on the difference between the last two. */
public sealed interface OutgoingOutcome {

    /** @param headers by lower-case name, values in the order of the answer */
    record Answered(int status, Map<String, List<String>> headers, byte[] body) implements OutgoingOutcome {
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /** It is proven that no byte of the request left: sending again cannot do anything twice. */
    record NotSent(Reason reason, String detail) implements OutgoingOutcome {
        public enum Reason {
            DENIED,
            UNRESOLVABLE,
            /** Of ours: there was no room to ask for the name. */
            BUSY,
            NOT_CONNECTED,
            TLS_FAILED,
            DEADLINE,
            STOPPED
        }
    }

    /** At least one byte may have left, and what the other side did with it is not known. */
    record Unsure(Reason reason, String detail) implements OutgoingOutcome {
        public enum Reason {
            DEADLINE,
            BROKEN,
            OVERSIZED,
            STOPPED
        }
    }
}
