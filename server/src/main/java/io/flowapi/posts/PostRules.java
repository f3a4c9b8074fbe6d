package io.flowapi.posts;

import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the document's schema cannot say of a new post. All that is broken is found, not only the first. */
final class PostRules {

    private static final Duration PAST_MAX = Duration.ofSeconds(60);
    private static final Duration AHEAD_MAX = Duration.ofDays(400);

    private PostRules() {}

    static List<FieldError> broken(CreatePostRequest post, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (post.content().isBlank()) {
            errors.add(Fields.body("/content", "required", "The content is blank."));
        }
        schedule(post, now, errors);
        targets(post.targets(), errors);
        return errors;
    }

    /** An option that the channel's network does not know would be dropped in silence. */
    static List<FieldError> options(@Nullable TargetOptions options, Provider provider, String pointer) {
        return options == null || provider == Provider.BLUESKY
                ? List.of()
                : List.of(Fields.body(
                        pointer + "/options/langs", "unknown_option", provider.value() + " has no option langs."));
    }

    private static void schedule(CreatePostRequest post, Instant now, List<FieldError> errors) {
        Instant at = post.scheduledAt();
        if (at == null) {
            return;
        }
        if (Boolean.TRUE.equals(post.publishNow())) {
            errors.add(Fields.body("/scheduledAt", "excluded", "scheduledAt and publishNow exclude each other."));
        }
        if (at.isBefore(now.minus(PAST_MAX)) || at.isAfter(now.plus(AHEAD_MAX))) {
            errors.add(Fields.body(
                    "/scheduledAt", "out_of_range", "scheduledAt may be 60 seconds past and 400 days ahead at most."));
        }
    }

    private static void targets(List<CreateTarget> targets, List<FieldError> errors) {
        Set<UUID> channels = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            CreateTarget target = targets.get(i);
            if (!channels.add(target.channelId())) {
                errors.add(
                        Fields.body("/targets/" + i + "/channelId", "duplicate", "A post has one target per channel."));
            }
            if (target.content() != null && target.content().isBlank()) {
                errors.add(Fields.body("/targets/" + i + "/content", "required", "The content is blank."));
            }
        }
    }
}
