package io.flowapi.platform.db;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** One reader: serves the queue it shares with the others, each work on one unchanging view of the data. */
final class Reader implements Runnable {
    private static final Logger LOG = System.getLogger(Reader.class.getName());

    private final WorkQueue queue;
    private final SqliteSession session;

    Reader(WorkQueue queue, SqliteSession session) {
        this.queue = queue;
        this.session = session;
    }

    @Override
    public void run() {
        QueuedWork<?> work = queue.next();
        while (work != null) {
            if (work.take()) {
                serve(work);
            }
            work = queue.next();
        }
        session.close();
    }

    private void serve(QueuedWork<?> work) {
        try {
            session.execute("begin");
            work.run(session);
            session.rollback();
            work.answer();
        } catch (DatabaseFailure refused) {
            work.abandon(refused);
            session.close();
        } catch (RuntimeException | Error unexpected) {
            // Without its threads the pool would let every later read wait in vain.
            LOG.log(Level.ERROR, "A read broke off.", unexpected);
            work.abandon(unexpected);
            session.close();
        }
    }
}
