package io.flowapi.platform.jobs;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;

/**
 * The places of one worker: each lane has its own, so that a network that hangs can hold no more than those of its lane. A
 * lane begins with few, and each job that ends makes room for one more: a process that dies again and again interrupts no
 * more than those few, and as many as it has ended.
 */
final class Lanes {

    static final int PLACES_FIRST = 32;

    /**
     * As many as are due in one second on a busy day: a place is a virtual thread and, while it calls, a connection. With
     * fewer, the last of a thousand posts would wait until the first are through with everything.
     */
    static final int PLACES_MAX = 1024;

    private static final class Lane {
        private int places = PLACES_FIRST;
        private int taken;

        private synchronized int room() {
            return places - taken;
        }

        private synchronized void enter() {
            taken++;
        }

        private synchronized void leave() {
            taken--;
            places = Math.min(places + 1, PLACES_MAX);
        }
    }

    private final Map<String, Lane> lanes;

    Lanes(Collection<String> names) {
        lanes = names.stream().distinct().collect(toMap(identity(), _ -> new Lane()));
    }

    /** How many jobs each lane has room for; full ones are left out. */
    Map<String, Integer> room() {
        return lanes.entrySet().stream()
                .map(lane -> Map.entry(lane.getKey(), lane.getValue().room()))
                .filter(lane -> lane.getValue() > 0)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Only for as many as there is room. */
    void enter(String lane) {
        lanes.get(lane).enter();
    }

    void leave(String lane) {
        lanes.get(lane).leave();
    }
}
