package io.flowapi.platform.db;

import io.flowapi.platform.db.DatabaseFailure.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one writer: commits up to 200 closures at once, because it is the sync of a commit that costs. */
final class GroupCommit implements Runnable {
    private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int BATCH_MAX = 200;

    private final WorkQueue queue;
    private final SqliteSession session;
    private final OpenedFile file;

    GroupCommit(WorkQueue queue, SqliteSession session, OpenedFile file) {
        this.queue = queue;
        this.session = session;
        this.file = file;
    }

    @Override
    public void run() {
        QueuedWork<?> first = queue.next();
        while (first != null) {
            serve(first);
            first = queue.next();
        }
        checkpoint();
        session.close();
    }

    private void serve(QueuedWork<?> first) {
        List<QueuedWork<?>> members = new ArrayList<>();
        try {
            if (inPlaceFor(first) && beginFor(first)) {
                take(first, members);
                commit(members);
            }
        } catch (RuntimeException | Error unexpected) {
            // Without this thread every later write would wait in vain: whatever it was, the members hear of it.
            LOG.log(Level.ERROR, "A batch of writes broke off.", unexpected);
            first.abandon(unexpected);
            members.forEach(member -> member.abandon(unexpected));
            session.close();
        }
    }

    /** The session stays as it is: the file may come back. */
    private boolean inPlaceFor(QueuedWork<?> first) {
        try {
            file.requireInPlace();
            return true;
        } catch (DatabaseFailure gone) {
            first.abandon(gone);
            return false;
        }
    }

    /** Members are taken only once the lock is held, so that until then each can still withdraw. */
    private boolean beginFor(QueuedWork<?> first) {
        while (!first.late()) {
            try {
                session.execute("begin immediate");
                return true;
            } catch (DatabaseFailure refused) {
                if (refused.reason() != Reason.OVERLOADED) {
                    session.close();
                    first.abandon(refused);
                    return false;
                }
            }
        }
        return false;
    }

    private void take(QueuedWork<?> first, List<QueuedWork<?>> members) {
        if (first.take()) {
            members.add(first);
        }
        for (QueuedWork<?> queued : queue.drain(BATCH_MAX - 1)) {
            if (queued.take()) {
                members.add(queued);
            }
        }
    }

    private void commit(List<QueuedWork<?>> members) {
        QueuedWork<?> culprit = runTogether(members);
        if (culprit == null && commitTogether()) {
            members.forEach(QueuedWork::answer);
            return;
        }
        session.rollback();
        if (culprit != null) {
            culprit.answer();
        }
        members.stream().filter(member -> member != culprit).forEach(this::runAlone);
    }

    /** Null, or the member after which the transaction of all was gone. */
    private @Nullable QueuedWork<?> runTogether(List<QueuedWork<?>> members) {
        for (QueuedWork<?> member : members) {
            try {
                runInSavepoint(member);
            } catch (DatabaseFailure gone) {
                if (!member.failed()) {
                    member.fail(gone);
                }
                return member;
            }
        }
        return null;
    }

    /** Releasing the savepoint is also the question whether the transaction still exists. */
    private void runInSavepoint(QueuedWork<?> member) {
        session.execute("savepoint member");
        member.run(session);
        if (member.failed()) {
            session.execute("rollback to member");
        }
        session.execute("release member");
    }

    private boolean commitTogether() {
        try {
            session.execute("commit");
            return true;
        } catch (DatabaseFailure refused) {
            // Which member was one too many shows when each commits alone.
            return false;
        }
    }

    private void runAlone(QueuedWork<?> member) {
        try {
            beginAgainFor(member);
            member.run(session);
            if (member.failed()) {
                session.rollback();
            } else {
                session.execute("commit");
            }
        } catch (DatabaseFailure refused) {
            session.rollback();
            member.fail(refused);
        }
        member.answer();
    }

    private void beginAgainFor(QueuedWork<?> member) {
        while (true) {
            try {
                session.execute("begin immediate");
                return;
            } catch (DatabaseFailure refused) {
                if (refused.reason() != Reason.OVERLOADED || member.late()) {
                    throw refused;
                }
            }
        }
    }

    private void checkpoint() {
        if (!session.isOpen()) {
            // Nothing was written, or the last of it failed.
            return;
        }
        try {
            session.execute("pragma wal_checkpoint(truncate)");
        } catch (DatabaseFailure refused) {
            LOG.log(Level.WARNING, "The write-ahead log stays as it is; the next start reads it.", refused);
        }
    }
}
