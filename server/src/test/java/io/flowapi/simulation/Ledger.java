package io.flowapi.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a network has, known to nobody but it. */
final class Ledger {

    /** How a network tells two requests from one sent twice. */
    enum Kind {
        /** Not at all; but a request that was asked about is never taken afterwards. */
        VOIDS_ON_ASK,
        /** By an id that we choose: the second shows the same post. */
        CHOSEN_ID,
        /** By a key that it remembers for an hour. */
        KEY_OF_LIMITED_LIFE,
        /** By their text, which it takes once, without saying what it has; and it shows what it has very late. */
        READ_BACK,
        /** By their text, which it takes once, and it names what it has; but nobody can look. */
        DUPLICATE_NAMES_THE_POST;

        /** How many sends that may have been taken there may be, unless a person wants another. */
        int sendsInDoubtMax() {
            return this == READ_BACK ? 2 : Integer.MAX_VALUE;
        }

        /** Whether nobody but a person can find out some of what became of a send. */
        boolean mayStayUntold() {
            return this == READ_BACK || this == DUPLICATE_NAMES_THE_POST;
        }
    }

    static final long KEY_LIFE = 3_600_000;
    private static final long LAG_MAX = 120_000;
    private static final long LAG_READ_BACK_MAX = 1_800_000;

    /** A post as it is shown, to readers from that moment on. */
    static final class Entry {
        final UUID target;
        final String id;
        final long visibleFrom;
        boolean removed;

        final Instant madeAt;

        private Entry(UUID target, String id, long visibleFrom, Instant madeAt) {
            this.target = target;
            this.id = id;
            this.visibleFrom = visibleFrom;
            this.madeAt = madeAt;
        }
    }

    private record Known(Entry entry, long until) {}

    private final Kind kind;
    private final SimulatedTime time;
    private final Chance chance;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> voided = new HashSet<>();

    Ledger(Kind kind, SimulatedTime time, Chance chance) {
        this.kind = kind;
        this.time = time;
        this.chance = chance;
    }

    Kind kind() {
        return kind;
    }

    /** A request arrives; empty when it is one that was voided, or a duplicate. */
    Optional<Entry> take(UUID target, int attempt, String key) {
        return switch (kind) {
            case VOIDS_ON_ASK ->
                voided.contains(target + "#" + attempt) ? Optional.empty() : Optional.of(add(target, key));
            case CHOSEN_ID -> Optional.of(once(target, key, Long.MAX_VALUE));
            case KEY_OF_LIMITED_LIFE -> Optional.of(once(target, key, time.passed() + KEY_LIFE));
            // No two targets have the same text.
            case READ_BACK, DUPLICATE_NAMES_THE_POST ->
                of(target).isEmpty() ? Optional.of(add(target, key)) : Optional.empty();
        };
    }

    private Entry once(UUID target, String key, long until) {
        Known before = known.get(key);
        if (before != null && time.passed() < before.until()) {
            return before.entry();
        }
        Entry entry = add(target, key);
        known.put(key, new Known(entry, until));
        return entry;
    }

    private Entry add(UUID target, String key) {
        String id = kind == Kind.CHOSEN_ID ? key : "n" + (entries.size() + 1);
        boolean readBack = kind == Kind.READ_BACK;
        long lag = chance.misfortune(readBack ? 0.6 : 0.3)
                ? chance.between(1_000, readBack ? LAG_READ_BACK_MAX : LAG_MAX)
                : 0;
        Entry entry = new Entry(target, id, time.passed() + lag, time.instant());
        entries.add(entry);
        return entry;
    }

    /** True when the request was not taken, and now never will be. */
    boolean voids(UUID target, int attempt) {
        if (entries.stream().anyMatch(entry -> entry.target.equals(target))) {
            return false;
        }
        voided.add(target + "#" + attempt);
        return true;
    }

    /** What a reader is shown. */
    Optional<Entry> visible(UUID target) {
        return entries.stream()
                .filter(entry -> entry.target.equals(target))
                .filter(entry -> kind == Kind.VOIDS_ON_ASK || entry.visibleFrom <= time.passed())
                .findFirst();
    }

    List<Entry> of(UUID target) {
        return entries.stream().filter(entry -> entry.target.equals(target)).toList();
    }
}
