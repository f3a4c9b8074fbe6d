package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.EventType;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.channels.ChannelStore;
import io.flowapi.events.EventLog;
import io.flowapi.platform.http.Caller;
import io.flowapi.posts.SendingStore.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came of sending a target into it, with its event and its entry in the audit log. Nobody else does, so that
 * neither can be missing.
 */
public final class TargetOutcomes {

    /** For so long the network is asked what became of a send. */
    static final Duration ASKED_FOR = Duration.ofHours(24);

    private final ChannelStore channels;
    private final TargetStore targets;
    private final AuditLog audit;
    private final EventLog events;
    private final SendingStore sendings = new SendingStore();

    public TargetOutcomes(ChannelStore channels, TargetStore targets, AuditLog audit, EventLog events) {
        this.channels = channels;
        this.targets = targets;
        this.audit = audit;
        this.events = events;
    }

    void published(Handle tx, Outgoing target, String providerPostId, @Nullable String url, Instant at) {
        sendings.published(tx, target.id(), providerPostId, url, at);
        note(tx, target, EventType.TARGET_PUBLISHED);
    }

    void failed(Handle tx, Outgoing target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.FAILED, error);
        note(tx, target, EventType.TARGET_FAILED);
        judgeChannel(tx, target, error);
    }

    /** The network takes its credentials no more, whatever became of the post. */
    private void judgeChannel(Handle tx, Outgoing target, TargetError error) {
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, target.channelId());
        }
    }

    /** It may be asked about many times: that it became unknown is noted once. */
    void unknown(Handle tx, Outgoing target, TargetError error, Instant now) {
        sendings.unknown(tx, target.id(), error, now.plus(ASKED_FOR));
        if (target.status() != TargetStatus.UNKNOWN) {
            note(tx, target, EventType.TARGET_UNKNOWN);
        }
        judgeChannel(tx, target, error);
    }

    /** Nobody asks the network any more: it stays unknown until a person settles it. */
    void needsPerson(Handle tx, Outgoing target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.UNKNOWN, error);
        if (target.status() != TargetStatus.UNKNOWN) {
            note(tx, target, EventType.TARGET_UNKNOWN);
        }
        audit(
                tx,
                Origin.worker(target.userId(), target.mode()),
                target.id(),
                target.postId(),
                "target.needs_attention");
    }

    /** It had failed by a fault of ours, and is due now. */
    void revived(Handle tx, Outgoing target, Instant now) {
        sendings.revived(tx, target.id(), now);
        audit(tx, Origin.worker(target.userId(), target.mode()), target.id(), target.postId(), "target.retried");
    }

    private void note(Handle tx, Outgoing target, EventType what) {
        note(tx, Origin.worker(target.userId(), target.mode()), target.id(), target.postId(), what);
    }

    private void note(Handle tx, Origin origin, UUID target, UUID post, EventType what) {
        events.append(tx, what, targets.numbered(tx, origin.userId(), origin.mode(), target));
        audit(tx, origin, target, post, what.value());
    }

    private void audit(Handle tx, Origin origin, UUID target, UUID post, String what) {
        audit.append(tx, origin, what, Audited.target(target), Map.of("postId", post));
    }

    /** It waits to be sent again: nothing has come of it yet. */
    void pendingAgain(Handle tx, Outgoing target, TargetError error) {
        sendings.pendingAgain(tx, target.id());
        sendings.notPublished(tx, target.id(), TargetStatus.PENDING, error);
    }

    /** It has not been sent, for a reason that says nothing of it. */
    void waits(Handle tx, Outgoing target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.PENDING, error);
    }

    /** After a restore nobody knows what came of it. */
    void heldBack(Handle tx, TargetStore.Due target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.UNKNOWN, error);
        heldBack(tx, target);
    }

    /** The same, where there is somebody to ask until then. */
    void heldBack(Handle tx, TargetStore.Due target, TargetError error, Instant askedUntil) {
        sendings.unknown(tx, target.id(), error, askedUntil);
        heldBack(tx, target);
    }

    private void heldBack(Handle tx, TargetStore.Due target) {
        Origin person = Origin.console(target.userId(), target.mode());
        note(tx, person, target.id(), target.postId(), EventType.TARGET_UNKNOWN);
    }

    /** A person has seen it; the operation that says so has an entry of its own in the audit log. */
    void settledAsPublished(
            Handle tx, Caller caller, UUID target, String providerPostId, @Nullable String url, Instant at) {
        sendings.published(tx, target, providerPostId, url, at);
        settled(tx, caller, target);
    }

    /** A person has looked for it in vain. */
    void settledAsFailed(Handle tx, Caller caller, UUID target) {
        sendings.notPublished(tx, target, TargetStatus.FAILED, TargetErrors.settledAsFailed());
        settled(tx, caller, target);
    }

    private void settled(Handle tx, Caller caller, UUID target) {
        events.append(tx, EventType.TARGET_RESOLVED, targets.numbered(tx, caller.userId(), caller.mode(), target));
    }
}
