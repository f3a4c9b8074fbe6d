package io.flowapi.posts;

import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.TargetStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a post's status follows from its targets. */
final class PostStatuses {

    private static final Set<TargetStatus> OPEN =
            EnumSet.of(TargetStatus.PENDING, TargetStatus.PUBLISHING, TargetStatus.UNKNOWN);

    private static final Set<TargetStatus> NOT_STARTED = EnumSet.of(TargetStatus.PENDING, TargetStatus.CANCELLED);

    private PostStatuses() {}

    /** @param current kept while no target has started: a post waits for its time or its user until then */
    static PostStatus of(PostStatus current, List<TargetStatus> targets) {
        Set<TargetStatus> different = EnumSet.copyOf(targets);
        boolean waits = current == PostStatus.DRAFT || current == PostStatus.SCHEDULED;
        if (waits && different.contains(TargetStatus.PENDING) && NOT_STARTED.containsAll(different)) {
            return current;
        }
        if (different.stream().anyMatch(OPEN::contains)) {
            return PostStatus.PUBLISHING;
        }
        if (different.size() > 1) {
            return different.contains(TargetStatus.PUBLISHED) ? PostStatus.PARTIALLY_PUBLISHED : PostStatus.FAILED;
        }
        return switch (different.iterator().next()) {
            case PUBLISHED -> PostStatus.PUBLISHED;
            case CANCELLED -> PostStatus.CANCELLED;
            case FAILED -> PostStatus.FAILED;
            case PENDING, PUBLISHING, UNKNOWN -> throw new IllegalStateException("open targets were handled above");
        };
    }
}
