package io.flowapi.posts;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.ids.Ids;
import io.flowapi.providers.Content;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes the targets a post is to have, and finds what is wrong with them before anything is stored. */
public final class PlannedTargets {

    private final ChannelStore channels;
    private final Publishers publishers;
    private final Ids ids;

    public PlannedTargets(ChannelStore channels, Publishers publishers, Ids ids) {
        this.channels = channels;
        this.publishers = publishers;
        this.ids = ids;
    }

    /**
     * The targets, on channels that stay until the transaction ends.
     *
     * @param due null for those of a draft
     * @param known ids of targets by channel: a target that the post has already keeps its own
     * @param errors takes what is wrong
     */
    List<Target> make(
            Handle tx,
            Caller caller,
            List<CreateTarget> wanted,
            @Nullable Instant due,
            Map<UUID, UUID> known,
            List<FieldError> errors) {
        List<Target> made = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            CreateTarget target = wanted.get(i);
            String pointer = "/targets/" + i;
            Optional<Channel> channel = channels.findAndKeep(tx, caller, target.channelId());
            if (channel.isPresent()) {
                UUID id = known.getOrDefault(target.channelId(), ids.next());
                made.add(pending(id, channel.get(), target, due));
                errors.addAll(PostRules.options(target.options(), channel.get().provider(), pointer));
            } else {
                errors.add(noChannel(pointer));
            }
        }
        return made;
    }

    static FieldError noChannel(String pointer) {
        return Fields.body(pointer + "/channelId", "not_found", "There is no such channel.");
    }

    static Target pending(UUID id, Channel channel, CreateTarget wanted, @Nullable Instant due) {
        return new Target(
                id,
                channel.id(),
                channel.provider(),
                wanted.content(),
                wanted.options(),
                TargetStatus.PENDING,
                null,
                null,
                due,
                null,
                null,
                null,
                null,
                null,
                0,
                null);
    }

    /** What the networks would refuse: asked of everything that is to go out, complete, never only the first. */
    List<FieldError> preflight(Handle tx, String content, List<Target> targets) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.status() == TargetStatus.PENDING) {
                List<Rule> rules = publishers.of(target.provider()).rules(tx, target.channelId());
                errors.addAll(Rule.violations(rules, content(target, content), place(target, i)));
            }
        }
        return errors.stream().distinct().toList();
    }

    /** @param common what a target without content of its own has */
    static Content content(Target target, String common) {
        String own = target.content();
        return new Content(target.id(), target.channelId(), own == null ? common : own, target.options());
    }

    static Rule.Place place(Target target, int index) {
        String pointer = "/targets/" + index;
        return new Rule.Place(target.content() == null ? "/content" : pointer + "/content", pointer + "/options");
    }
}
