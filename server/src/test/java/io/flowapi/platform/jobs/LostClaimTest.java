package io.flowapi.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.platform.db.InterceptedDatabase;
import io.flowapi.platform.db.InterceptedDatabase.Fate;
import io.flowapi.platform.db.ServerClock;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.platform.ids.Ids;
import io.flowapi.platform.metrics.Metrics;
import io.flowapi.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim whose commit is not answered has taken jobs that nobody runs: they do not wait for a lease to end. */
@Tag("one-database")
class LostClaimTest {

    private final TestClock clock = new TestClock();
    private final JobQueue queue = new JobQueue(new Ids(clock));
    private final Queue<Fate> fates = new ArrayDeque<>();
    private final List<Integer> runs = new ArrayList<>();

    @TempDir
    Path directory;

    private final class Hands implements InterceptedDatabase.Hands {
        @Override
        public Fate beforeWrite() {
            return fates.isEmpty() ? Fate.DONE : fates.remove();
        }

        @Override
        public void afterCommit() {}

        @Override
        public boolean refusesRead() {
            return false;
        }
    }

    private final class CountedJob implements Job {
        private final Database database;

        private CountedJob(Database database) {
            this.database = database;
        }

        @Override
        public String kind() {
            return "counted";
        }

        @Override
        public void run(Claim claim) {
            runs.add(claim.attempts());
            database.write(tx -> {
                queue.complete(tx, claim);
                return null;
            });
        }
    }

    @Test
    void what_was_taken_without_the_workers_knowledge_is_run_when_the_database_answers_again() throws IOException {
        Path made = Files.createDirectory(directory.resolve("made"));
        InterceptedDatabase.make(made);
        try (InterceptedDatabase intercepted =
                InterceptedDatabase.copyOf(made, directory, new Metrics(InstantSource.system()), new Hands())) {
            Database database = intercepted.database();
            Worker worker = new Worker(
                    database, queue, ServerClock.given(clock), List.of(new CountedJob(database)), FaultReports.none());
            database.write(tx -> {
                queue.enqueue(tx, Work.maintenance("counted", "one"), clock.instant());
                return null;
            });
            // The heartbeat, and the claim.
            fates.addAll(List.of(Fate.DONE, Fate.ANSWER_LOST));

            assertThatThrownBy(worker::runDueJobs).isInstanceOf(DatabaseFailure.class);
            assertThat(runs).isEmpty();
            worker.runDueJobs();

            assertThat(runs).containsExactly(1);
        }
    }
}
