package io.flowapi.platform.jobs;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The places of one worker: each lane has its own, so that a network that hangs can hold no more than those of its lane. */
final class Lanes {

    /**
     * As many as are due in one second on a busy day: a place is a virtual thread and, while it calls, a connection. With
     * fewer, the last of a thousand posts would wait until the first are through with everything.
     */
    static final int PLACES = 1024;

    private final Map<String, Semaphore> free;

    Lanes(Collection<String> names) {
        free = names.stream().distinct().collect(toMap(name -> name, name -> new Semaphore(PLACES)));
    }

    /** How many jobs each lane has room for; full ones are left out. */
    Map<String, Integer> room() {
        return free.entrySet().stream()
                .filter(lane -> lane.getValue().availablePermits() > 0)
                .collect(toMap(Map.Entry::getKey, lane -> lane.getValue().availablePermits()));
    }

    void enter(String lane) {
        free.get(lane).acquireUninterruptibly();
    }

    void leave(String lane) {
        free.get(lane).release();
    }
}
