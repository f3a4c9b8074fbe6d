package io.flowapi.posts;

import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.Provider;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.api.model.UpdatePostRequest;
import io.flowapi.platform.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the document's schema cannot say of a post. All that is broken is found, not only the first. */
final class PostRules {

    private static final Duration PAST_MAX = Duration.ofSeconds(60);
    private static final int METADATA_MAX = 50;
    private static final Duration AHEAD_MAX = Duration.ofDays(400);

    private static final List<Option> OPTIONS = List.of(
            new Option("langs", TargetOptions::langs, Set.of(Provider.BLUESKY)),
            new Option("visibility", TargetOptions::visibility, Set.of(Provider.MASTODON)),
            new Option("language", TargetOptions::language, Set.of(Provider.MASTODON)),
            new Option("spoilerText", TargetOptions::spoilerText, Set.of(Provider.MASTODON)),
            new Option("sensitive", TargetOptions::sensitive, Set.of(Provider.MASTODON)),
            new Option("replySettings", TargetOptions::replySettings, Set.of(Provider.X)),
            new Option("inReplyToPostId", TargetOptions::inReplyToPostId, Set.of(Provider.X)),
            new Option("communityId", TargetOptions::communityId, Set.of(Provider.X)),
            new Option("madeWithAi", TargetOptions::madeWithAi, Set.of(Provider.X)),
            new Option("paidPartnership", TargetOptions::paidPartnership, Set.of(Provider.X)),
            new Option("audience", TargetOptions::audience, Set.of(Provider.LINKEDIN)),
            new Option("reshareDisabled", TargetOptions::reshareDisabled, Set.of(Provider.LINKEDIN)));

    private PostRules() {}

    /** @param of the networks that know it */
    private record Option(String name, Function<TargetOptions, @Nullable Object> value, Set<Provider> of) {}

    static List<FieldError> broken(CreatePostRequest post, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        content(post.content(), errors);
        if (post.scheduledAt() != null && Boolean.TRUE.equals(post.publishNow())) {
            errors.add(Fields.body("/scheduledAt", "excluded", "scheduledAt and publishNow exclude each other."));
        }
        schedule(post.scheduledAt(), now, errors);
        targets(post.targets(), errors);
        return errors;
    }

    /** What is wrong with a change, whatever the post is: only what it speaks of. */
    static List<FieldError> broken(UpdatePostRequest change, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        if (change.content() != null) {
            content(change.content(), errors);
        }
        schedule(change.scheduledAt(), now, errors);
        if (change.targets() != null) {
            targets(change.targets(), errors);
        }
        return errors;
    }

    /** What a post can become by changes each of which was right. */
    static List<FieldError> broken(Post changed) {
        return changed.metadata().size() <= METADATA_MAX
                ? List.of()
                : List.of(Fields.body("/metadata", "too_long", "There would be more than " + METADATA_MAX + " keys."));
    }

    private static void content(String content, List<FieldError> errors) {
        if (content.isBlank()) {
            errors.add(Fields.body("/content", "required", "The content is blank."));
        }
    }

    /** An option that the channel's network does not know would be dropped in silence. */
    static List<FieldError> options(@Nullable TargetOptions options, Provider provider, String pointer) {
        if (options == null) {
            return List.of();
        }
        return OPTIONS.stream()
                .filter(option -> option.value().apply(options) != null)
                .filter(option -> !option.of().contains(provider))
                .map(option -> Fields.body(
                        pointer + "/options/" + option.name(),
                        "unknown_option",
                        provider.value() + " has no option " + option.name() + "."))
                .toList();
    }

    private static void schedule(@Nullable Instant at, Instant now, List<FieldError> errors) {
        if (at == null) {
            return;
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
