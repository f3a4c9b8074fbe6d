package io.flowapi.posts;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.ResolveTargetRequest;
import io.flowapi.api.model.ResolvedOutcome;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.Fields;
import io.flowapi.providers.Publishers;
import io.flowapi.providers.Sending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lets a person settle what the network does not tell. */
public final class TargetResolutions {

    private final PostStore posts;
    private final TargetJobs jobs;
    private final TargetOutcomes outcomes;
    private final Publishers publishers;
    private final AuditLog audit;
    private final InstantSource clock;
    private final SendingStore sendings = new SendingStore();
    private final DoubtStore doubtful = new DoubtStore();
    private final RepeatStore repeats = new RepeatStore();

    public TargetResolutions(
            PostStore posts,
            TargetJobs jobs,
            TargetOutcomes outcomes,
            Publishers publishers,
            AuditLog audit,
            InstantSource clock) {
        this.posts = posts;
        this.jobs = jobs;
        this.outcomes = outcomes;
        this.publishers = publishers;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Result {
        record Done(Post post) implements Result {}

        record Broken(List<FieldError> errors) implements Result {}

        record NotFound() implements Result {}

        record NotUnknown(TargetStatus status) implements Result {}
    }

    /** Ends the resolution under way with its job: a worker that comes back with an answer finds that it is late. */
    Result resolve(Handle tx, Caller caller, UUID postId, UUID targetId, ResolveTargetRequest decided) {
        List<FieldError> errors = broken(decided);
        if (!errors.isEmpty()) {
            return new Result.Broken(errors);
        }
        posts.lock(tx, caller, postId);
        Optional<Target> found = posts.find(tx, caller, postId).stream()
                .flatMap(post -> post.targets().stream())
                .filter(target -> target.id().equals(targetId))
                .findFirst();
        if (found.isEmpty()) {
            return new Result.NotFound();
        }
        Target target = found.get();
        if (target.status() != TargetStatus.UNKNOWN) {
            return new Result.NotUnknown(target.status());
        }
        List<FieldError> foreign = otherPost(tx, target, decided);
        if (!foreign.isEmpty()) {
            return new Result.Broken(foreign);
        }
        settle(tx, caller, target, decided);
        jobs.cancel(tx, target);
        posts.refresh(tx, postId, clock.instant());
        Map<String, ?> how = Map.of("postId", postId, "outcome", decided.outcome());
        audit.append(tx, Origin.of(caller), "resolveTarget", Audited.target(targetId), how);
        return new Result.Done(posts.find(tx, caller, postId).orElseThrow());
    }

    /** Where the id is known from what was sent, a person can only say that it is there. */
    private List<FieldError> otherPost(Handle tx, Target target, ResolveTargetRequest decided) {
        if (target.attempts() == 0) {
            // Held back after a restore: what was sent, if anything, is not in this database.
            return List.of();
        }
        Sending sending = doubtful.last(tx, sendings.outgoing(tx, target.id()).orElseThrow());
        return publishers.of(target.provider()).idOf(sending).stream()
                .filter(only -> decided.outcome() == ResolvedOutcome.PUBLISHED)
                .filter(only -> !only.equals(decided.providerPostId()))
                .map(only -> Fields.body("/providerPostId", "other_post", "This post can only be " + only + "."))
                .toList();
    }

    private void settle(Handle tx, Caller caller, Target target, ResolveTargetRequest decided) {
        Instant now = clock.instant();
        if (decided.outcome() == ResolvedOutcome.PUBLISHED) {
            // When it came out nobody knows; it was sent then.
            Instant at = target.sentAt() == null ? now : target.sentAt();
            outcomes.settledAsPublished(tx, caller, target.id(), decided.providerPostId(), decided.url(), at);
        } else {
            outcomes.settledAsFailed(tx, caller, target.id());
        }
        sendings.settled(tx, target.id(), target.attempts(), now);
        repeats.settled(tx, target.id());
    }

    private static List<FieldError> broken(ResolveTargetRequest decided) {
        List<FieldError> errors = new ArrayList<>();
        boolean published = decided.outcome() == ResolvedOutcome.PUBLISHED;
        if (published && decided.providerPostId() == null) {
            errors.add(Fields.body("/providerPostId", "required", "Which post of the network is it?"));
        }
        if (!published && decided.providerPostId() != null) {
            errors.add(Fields.body("/providerPostId", "excluded", "A post that is not there has no id."));
        }
        if (!published && decided.url() != null) {
            errors.add(Fields.body("/url", "excluded", "A post that is not there has no URL."));
        }
        return errors;
    }
}
