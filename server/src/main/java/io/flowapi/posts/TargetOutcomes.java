package io.flowapi.posts;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetStatus;
import io.flowapi.audit.AuditLog;
import io.flowapi.audit.Audited;
import io.flowapi.audit.Origin;
import io.flowapi.channels.ChannelStore;
import io.flowapi.posts.SendingStore.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes what came of sending a target into it, and into the audit log. */
public final class TargetOutcomes {

    /** For so long the network is asked what became of a send. */
    static final Duration ASKED_FOR = Duration.ofHours(24);

    private final ChannelStore channels;
    private final AuditLog audit;
    private final SendingStore sendings = new SendingStore();

    public TargetOutcomes(ChannelStore channels, AuditLog audit) {
        this.channels = channels;
        this.audit = audit;
    }

    void published(Handle tx, Outgoing target, String providerPostId, @Nullable String url, Instant at) {
        sendings.published(tx, target.id(), providerPostId, url, at);
        note(tx, target, "target.published");
    }

    void failed(Handle tx, Outgoing target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.FAILED, error);
        if (error.category() == ErrorCategory.AUTH_EXPIRED) {
            channels.requireReauthorization(tx, target.channelId());
        }
        note(tx, target, "target.failed");
    }

    /** It may be asked about many times: that it became unknown is noted once. */
    void unknown(Handle tx, Outgoing target, TargetError error, Instant now) {
        sendings.unknown(tx, target.id(), error, now.plus(ASKED_FOR));
        if (target.status() != TargetStatus.UNKNOWN) {
            note(tx, target, "target.unknown");
        }
    }

    /** Nobody asks the network any more: it stays unknown until a person settles it. */
    void needsPerson(Handle tx, Outgoing target, TargetError error) {
        sendings.notPublished(tx, target.id(), TargetStatus.UNKNOWN, error);
        note(tx, target, "target.needs_attention");
    }

    /** It has failed by a fault of ours, and is due now. */
    void pendingAgain(Handle tx, Outgoing target, Instant now) {
        sendings.revived(tx, target.id(), now);
        note(tx, target, "target.retried");
    }

    private void note(Handle tx, Outgoing target, String what) {
        Origin worker = Origin.worker(target.userId(), target.mode());
        audit.append(tx, worker, what, Audited.target(target.id()), Map.of("postId", target.postId()));
    }
}
