package io.flowapi.posts;

import static java.util.stream.Collectors.toCollection;

import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.TargetStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a post's status follows from its targets. */
final class PostStatuses {

    private static final Set<TargetStatus> NOT_STARTED = EnumSet.of(TargetStatus.PENDING, TargetStatus.CANCELLED);

    private PostStatuses() {}

    /** @param asked whether the network is still asked what became of it */
    record Standing(TargetStatus status, boolean asked) {}

    /** @param current kept while no target has started: a post waits for its time or its user until then */
    static PostStatus of(PostStatus current, List<Standing> targets) {
        Set<TargetStatus> different =
                targets.stream().map(Standing::status).collect(toCollection(() -> EnumSet.noneOf(TargetStatus.class)));
        boolean waits = current == PostStatus.DRAFT || current == PostStatus.SCHEDULED;
        if (waits && different.contains(TargetStatus.PENDING) && NOT_STARTED.containsAll(different)) {
            return current;
        }
        if (targets.stream().anyMatch(PostStatuses::isOpen)) {
            return PostStatus.PUBLISHING;
        }
        if (different.contains(TargetStatus.UNKNOWN)) {
            return PostStatus.NEEDS_ATTENTION;
        }
        if (different.size() > 1) {
            return different.contains(TargetStatus.PUBLISHED) ? PostStatus.PARTIALLY_PUBLISHED : PostStatus.FAILED;
        }
        return switch (different.iterator().next()) {
            case PUBLISHED -> PostStatus.PUBLISHED;
            case CANCELLED -> PostStatus.CANCELLED;
            case FAILED -> PostStatus.FAILED;
            case PENDING, PUBLISHING, UNKNOWN -> throw new IllegalStateException("these were handled above");
        };
    }

    private static boolean isOpen(Standing target) {
        return switch (target.status()) {
            case PENDING, PUBLISHING -> true;
            case UNKNOWN -> target.asked();
            case PUBLISHED, FAILED, CANCELLED -> false;
        };
    }
}
