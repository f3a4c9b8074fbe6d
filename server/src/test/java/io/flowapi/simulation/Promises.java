package io.flowapi.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What users were told, and what they are waiting to be told. */
final class Promises {

    private final Set<UUID> neverOut = new HashSet<>();
    private final Map<UUID, Set<String>> texts = new HashMap<>();

    void made(UUID post, String text) {
        texts.computeIfAbsent(post, unknown -> new HashSet<>()).add(text);
    }

    /** A change was asked for: until it is answered, the old and the new text are right. */
    void asked(UUID post, String text) {
        texts.get(post).add(text);
    }

    void changed(UUID post, String text) {
        texts.put(post, new HashSet<>(Set.of(text)));
    }

    void refused(UUID post, String text) {
        texts.get(post).remove(text);
    }

    /** It was cancelled, or deleted, before it went out. */
    void neverOut(UUID post) {
        neverOut.add(post);
    }

    boolean maySend(UUID post, String text) {
        return !neverOut.contains(post)
                && texts.getOrDefault(post, Set.of(text)).contains(text);
    }
}
