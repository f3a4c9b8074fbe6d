package io.flowapi.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.platform.db.Database;
import io.flowapi.platform.faults.FaultReports;
import io.flowapi.testing.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private final Database database = flow.installation().database();
    private final JobQueue queue = new JobQueue(flow.installation().ids());

    /** Fails as often as it is told, then ends. */
    private final class FailingJob implements Job {
        private final List<Integer> runs = new ArrayList<>();
        private final String kind;
        private final int failures;

        private FailingJob(String kind, int failures) {
            this.kind = kind;
            this.failures = failures;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public void run(Claim claim) {
            runs.add(claim.attempts());
            if (runs.size() <= failures) {
                throw new StackOverflowError("planted");
            }
            database.write(tx -> {
                queue.complete(tx, claim);
                return null;
            });
        }
    }

    private Worker worker(Job job) {
        return new Worker(database, queue, flow.installation().clock(), List.of(job), FaultReports.none());
    }

    private void enqueue(String kind) {
        database.write(tx -> {
            queue.enqueue(tx, Work.maintenance(kind, "one"), flow.clock().instant());
            return null;
        });
    }

    @Test
    void a_job_that_fails_comes_back_later_however_often() {
        FailingJob job = new FailingJob("failing", 30);
        Worker worker = worker(job);
        enqueue("failing");

        for (int round = 0; round < 31; round++) {
            worker.runDueJobs();
            worker.runDueJobs();
            assertThat(job.runs).hasSize(round + 1);
            flow.clock().advance(Duration.ofMinutes(5));
        }

        worker.runDueJobs();
        assertThat(job.runs).hasSize(31);
    }

    @Test
    void a_job_that_fails_for_a_day_is_kept_aside_and_can_be_run_again() {
        FailingJob job = new FailingJob("doomed", 2);
        Worker worker = worker(job);
        DeadJobStore dead = new DeadJobStore(queue);
        enqueue("doomed");
        database.write(tx -> tx.execute("update jobs set attempts = ? where kind = 'doomed'", Claim.ATTEMPTS_MAX - 2));

        worker.runDueJobs();
        assertThat(deadJobs()).isZero();
        flow.clock().advance(Duration.ofMinutes(5));
        worker.runDueJobs();
        flow.clock().advance(Duration.ofDays(1));
        worker.runDueJobs();

        assertThat(job.runs).containsExactly(Claim.ATTEMPTS_MAX - 1, Claim.ATTEMPTS_MAX);
        List<DeadJobStore.Dead> all = database.read(tx -> dead.list(tx, 10));
        DeadJobStore.Dead found = all.getFirst();
        assertThat(found.kind()).isEqualTo("doomed");
        assertThat(found.subject()).isEqualTo("one");
        assertThat(found.attempts()).isEqualTo(Claim.ATTEMPTS_MAX);
        assertThat(found.fault()).isEqualTo(StackOverflowError.class.getName());

        Optional<String> revived =
                database.write(tx -> dead.revive(tx, found.id(), flow.clock().instant()));
        assertThat(revived).contains("doomed");
        worker.runDueJobs();
        assertThat(job.runs).hasSize(3).endsWith(1);
        assertThat(deadJobs()).isZero();
        Optional<String> again =
                database.write(tx -> dead.revive(tx, found.id(), flow.clock().instant()));
        assertThat(again).isEmpty();
    }

    private long deadJobs() {
        return database.read(DeadJobStore::count);
    }

    @Test
    void a_job_of_another_kind_is_left_to_those_who_know_it() {
        FailingJob other = new FailingJob("known", 0);
        enqueue("unknown-here");

        worker(other).runDueJobs();

        assertThat(other.runs).isEmpty();
        FailingJob its = new FailingJob("unknown-here", 0);
        worker(its).runDueJobs();
        assertThat(its.runs).containsExactly(1);
    }

    @Test
    void what_may_wait_goes_after_what_was_promised_for_a_time_and_that_in_its_order() {
        List<String> done = new ArrayList<>();
        Instant now = flow.clock().instant();
        database.write(tx -> {
            queue.enqueue(tx, new Work("ordered", "waits", "lane", Priority.BACKGROUND), now.minusSeconds(9));
            queue.enqueue(tx, new Work("ordered", "second", "lane", Priority.TIMELY), now);
            queue.enqueue(tx, new Work("ordered", "first", "lane", Priority.TIMELY), now.minusSeconds(1));
            queue.enqueue(tx, new Work("ordered", "not yet", "lane", Priority.TIMELY), now.plusSeconds(1));
            return null;
        });

        worker(new Job() {
                    @Override
                    public String kind() {
                        return "ordered";
                    }

                    @Override
                    public Set<String> lanes() {
                        return Set.of("lane");
                    }

                    @Override
                    public void run(Claim claim) {
                        done.add(claim.subject());
                        database.write(tx -> {
                            queue.complete(tx, claim);
                            return null;
                        });
                    }
                })
                .runDueJobs();

        assertThat(done).containsExactly("first", "second", "waits");
    }

    @Test
    void a_worker_that_lost_its_lease_ends_nothing() {
        enqueue("leased");
        List<Claim> first = claim();
        flow.clock().advance(JobQueue.LEASE);
        List<Claim> second = claim();

        assertThat(second)
                .singleElement()
                .satisfies(claim ->
                        assertThat(claim.fence()).isGreaterThan(first.getFirst().fence()));
        assertThatThrownBy(() -> complete(first.getFirst())).isInstanceOf(LeaseLostException.class);
        complete(second.getFirst());
    }

    private List<Claim> claim() {
        Instant now = flow.clock().instant();
        return database.write(tx -> {
            queue.endLeases(tx, now);
            return queue.claim(
                    tx,
                    UUID.randomUUID(),
                    List.of("leased"),
                    new Turn(Work.MAINTENANCE, Priority.BACKGROUND, now),
                    now,
                    10);
        });
    }

    private void complete(Claim claim) {
        database.write(tx -> {
            queue.complete(tx, claim);
            return null;
        });
    }
}
