package io.flowapi.simulation;

import io.flowapi.simulation.Snapshot.JobRow;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Who has which job: whoever made its fence grow, until somebody makes it grow again. */
final class Claims {

    private final Map<String, String> holders = new HashMap<>();

    /** @param claimed is told what was claimed, and its fence */
    void committed(String actor, Snapshot before, Snapshot now, BiConsumer<UUID, Long> claimed) {
        now.jobs().forEach((subject, job) -> {
            JobRow old = before.jobs().get(subject);
            if (job.fence() > 0 && (old == null || !old.claim().equals(job.claim()))) {
                holders.put(subject, actor);
                claimed.accept(UUID.fromString(subject), job.fence());
            }
        });
        holders.keySet().removeIf(subject -> !now.jobs().containsKey(subject));
    }

    boolean holds(String actor, UUID target) {
        return actor.equals(holders.get(target.toString()));
    }
}
