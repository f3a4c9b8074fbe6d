package io.flowapi.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Whether every change of a status has its event, written with it, and the events of each resource are numbered. */
final class Told {

    /** Those that a post comes to, and does not only pass through. */
    private static final Set<String> OF_POSTS =
            Set.of("scheduled", "published", "partially_published", "failed", "cancelled", "needs_attention");

    private Told() {}

    static List<String> missing(Snapshot before, Snapshot now, Function<UUID, String> name) {
        List<String> missing = new ArrayList<>();
        now.posts().values().forEach(post -> {
            var old = before.posts().get(post.id());
            boolean moved = old == null || !old.status().equals(post.status());
            if (moved
                    && OF_POSTS.contains(post.status())
                    && !now.newlyTold(post.id(), "post." + post.status(), before)) {
                missing.add("no event: " + name.apply(post.id()) + " is " + post.status());
            }
        });
        now.targets().values().forEach(target -> {
            var old = before.targets().get(target.id());
            boolean moved = old != null && !old.status().equals(target.status());
            if (moved
                    && Steps.NOTED.contains(target.status())
                    && !now.newlyTold(target.id(), "target." + target.status(), before)
                    && !now.newlyTold(target.id(), "target.resolved", before)) {
                missing.add("no event: " + name.apply(target.id()) + " is " + target.status());
            }
        });
        if (!now.numberedWithoutHoles()) {
            missing.add("an event is missing, or has the number of another");
        }
        return missing;
    }
}
