package io.flowapi.posts;

import io.flowapi.api.model.Channel;
import io.flowapi.api.model.ChannelStatus;
import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.PostValidation;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetValidation;
import io.flowapi.api.model.Warning;
import io.flowapi.channels.ChannelStore;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.ids.Ids;
import io.flowapi.providers.Content;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells everything that speaks against a post, and what each network would be sent. It stores nothing and sends nothing. */
public final class DryRun {

    private static final String TARGETS = "#/targets/";
    /** No post has this id: what is looked at is none yet, and every other may be the same. */
    private static final UUID NO_POST = new UUID(0, 0);

    private final Database database;
    private final ChannelStore channels;
    private final Publishers publishers;
    private final Ids ids;
    private final InstantSource clock;
    private final Previews previews;
    private final DuplicateStore duplicates = new DuplicateStore();

    public DryRun(Database database, ChannelStore channels, Publishers publishers, Ids ids, InstantSource clock) {
        this.database = database;
        this.channels = channels;
        this.publishers = publishers;
        this.ids = ids;
        this.clock = clock;
        this.previews = new Previews(publishers);
    }

    PostValidation of(Caller caller, TagFree<CreatePostRequest> sent) {
        CreatePostRequest post = sent.request();
        Judged judged = database.read(tx -> judged(tx, caller, post));
        List<Plan> plans = judged.plans();
        Previews.Round round = previews.round();
        // All are begun before the first is waited for: a network that hangs takes the time of no other.
        List<Supplier<Previews.Preview>> begun = plans.stream()
                .map(plan -> judged.sendable(plan)
                        ? round.begin(plan.target().provider(), PlannedTargets.content(plan.target(), post.content()))
                        : Previews.NONE)
                .toList();
        List<TargetValidation> targets = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            targets.add(shown(plans.get(i), warnings(sent, i), begun.get(i).get()));
        }
        boolean valid = judged.post().isEmpty()
                && plans.stream().allMatch(plan -> plan.violations().isEmpty());
        return new PostValidation(valid, judged.post(), warnings(sent, null), targets);
    }

    private static TargetValidation shown(Plan plan, List<Warning> ofText, Previews.Preview preview) {
        return new TargetValidation(
                plan.channel(),
                plan.target() == null ? null : plan.target().provider(),
                plan.violations(),
                Stream.concat(ofText.stream(), plan.warnings().stream()).toList(),
                preview.request(),
                preview.unavailable());
    }

    /** @param target null for what is of none */
    private static List<Warning> warnings(TagFree<?> sent, @Nullable Integer target) {
        return sent.warnings().stream()
                .filter(warning ->
                        target == null ? !warning.pointer().startsWith(TARGETS) : isOf(target, warning.pointer()))
                .toList();
    }

    private static boolean isOf(int target, @Nullable String pointer) {
        return pointer != null && (pointer + "/").startsWith(TARGETS + target + "/");
    }

    /** @param post what speaks against the post itself */
    private record Judged(List<FieldError> post, List<Plan> plans) {

        boolean sendable(Plan plan) {
            return post.isEmpty() && plan.violations().isEmpty();
        }
    }

    /** @param target null when there is no such channel */
    private record Plan(UUID channel, @Nullable Target target, List<FieldError> violations, List<Warning> warnings) {}

    private Judged judged(Handle tx, Caller caller, CreatePostRequest post) {
        Instant now = clock.instant();
        List<FieldError> broken = PostRules.broken(post, now);
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < post.targets().size(); i++) {
            int index = i;
            Stream<FieldError> of = broken.stream().filter(error -> isOf(index, error.pointer()));
            plans.add(plan(tx, caller, post, index, of));
        }
        return new Judged(
                broken.stream()
                        .filter(error -> !error.pointer().startsWith(TARGETS))
                        .toList(),
                plans);
    }

    private Plan plan(Handle tx, Caller caller, CreatePostRequest post, int index, Stream<FieldError> broken) {
        CreateTarget wanted = post.targets().get(index);
        Channel channel = channels.find(tx, caller, wanted.channelId()).orElse(null);
        if (channel == null) {
            Stream<FieldError> unknown = Stream.of(PlannedTargets.noChannel("/targets/" + index));
            return new Plan(
                    wanted.channelId(), null, Stream.concat(broken, unknown).toList(), List.of());
        }
        return plan(tx, post, index, channel, broken);
    }

    private Plan plan(Handle tx, CreatePostRequest post, int index, Channel channel, Stream<FieldError> broken) {
        String pointer = "/targets/" + index;
        Target target =
                PlannedTargets.pending(ids.next(), channel, post.targets().get(index), null);
        Content content = PlannedTargets.content(target, post.content());
        Rule.Place place = PlannedTargets.place(target, index);
        List<Rule> rules = publishers.of(channel.provider()).rules(tx, channel.id());
        Stream<FieldError> violations = Stream.of(
                        broken,
                        PostRules.options(target.options(), channel.provider(), pointer).stream(),
                        Rule.violations(rules, content, place).stream(),
                        duplicate(tx, post, content, pointer).stream())
                .flatMap(errors -> errors);
        Stream<Warning> warnings =
                Stream.concat(unconnected(channel, pointer), Rule.warnings(rules, content, place).stream());
        return new Plan(channel.id(), target, violations.toList(), warnings.toList());
    }

    /** Such a post is taken, because the channel may be connected again before it is due. */
    private static Stream<Warning> unconnected(Channel channel, String pointer) {
        return channel.status() == ChannelStatus.CONNECTED
                ? Stream.empty()
                : Stream.of(
                        new Warning(
                                channel.status().value(),
                                "#" + pointer + "/channelId",
                                "The network refused the credentials of this channel. Connect it again before the post is due."));
    }

    /** As at creation, but of now: somebody who is just making the same is not waited for. A draft may be one. */
    private Optional<FieldError> duplicate(Handle tx, CreatePostRequest post, Content content, String pointer) {
        Instant due = Boolean.TRUE.equals(post.publishNow()) ? clock.instant() : post.scheduledAt();
        return due == null || Boolean.TRUE.equals(post.allowDuplicate())
                ? Optional.empty()
                : duplicates.seen(tx, NO_POST, content.channelId(), content.text(), due, pointer);
    }
}
