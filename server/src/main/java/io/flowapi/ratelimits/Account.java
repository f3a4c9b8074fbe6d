package io.flowapi.ratelimits;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a key or an address has had, and what became of its last request.
 *
 * @param at when that was
 */
record Account(Map<RateClass, Window> windows, long at, boolean admitted) {

    static final Account EMPTY = new Account(Map.of(), 0, false);

    /** A request passes all its limits or counts in none. */
    Account next(List<Quota> quotas, long now) {
        Map<RateClass, Window> next = new EnumMap<>(RateClass.class);
        windows.forEach((counted, window) -> next.put(counted, window.at(now)));
        quotas.forEach(quota -> next.putIfAbsent(quota.counted(), Window.EMPTY));
        boolean passes =
                quotas.stream().allMatch(quota -> next.get(quota.counted()).used() < quota.limit());
        if (passes) {
            quotas.forEach(quota -> next.computeIfPresent(
                    quota.counted(), (_, window) -> window.plus(Window.stamp(now, quota.limit()))));
        }
        return new Account(next, now, passes);
    }

    /** With one that was accepted earlier. */
    Account plus(RateClass counted, long stamp) {
        Map<RateClass, Window> next = new EnumMap<>(RateClass.class);
        next.putAll(windows);
        next.merge(counted, Window.EMPTY.plus(stamp), (window, _) -> window.plus(stamp));
        return new Account(next, at, admitted);
    }

    boolean isIdle(long now) {
        return windows.values().stream().allMatch(window -> window.isOver(now));
    }

    Ruling ruling(List<Quota> quotas) {
        return new Ruling(admitted, quotas.stream().map(this::standing).toList());
    }

    private Ruling.Standing standing(Quota quota) {
        Window window = windows.getOrDefault(quota.counted(), Window.EMPTY);
        long used = window.used();
        return new Ruling.Standing(
                quota, Math.max(0, quota.limit() - used), window.millisUntilBelow(Math.min(quota.limit(), used), at));
    }
}
