package io.flowapi.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What the simulation is worth: faults of the kind it is made for, each found. */
@Tag("one-database")
class PlantedFaultTest {

    private static final int SEEDS = 300;

    @TestFactory
    Stream<DynamicTest> is_found() {
        return all().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
            String found = fault.foundWithin(SEEDS);
            System.out.println("planted: " + fault.name() + " -> " + found);
            assertThat(found).as(fault.name()).isNotEmpty();
        }));
    }

    static Stream<PlantedFault> all() {
        return Stream.of(
                new PlantedFault(
                        "the intent is committed after the send",
                        "posts/PublishTarget.java",
                        Map.of(
                                "Optional<Sending> started = database.write(",
                                "Sending early = new Sending(target.id(), target.channelId(), target.attempts() + 1,"
                                        + " request, clock.instant());"
                                        + " PublishOutcome sent = publisher.publish(early);"
                                        + " Optional<Sending> started = database.write(",
                                "late(startedNanos, sending) ? tooLate() : publisher.publish(sending)",
                                "sent")),
                new PlantedFault(
                        "the fence is not checked",
                        "platform/jobs/JobQueue.java",
                        Map.of("if (rows == 0) {", "if (rows < 0) {")),
                new PlantedFault(
                        "a process that was held up sends",
                        "posts/PublishTarget.java",
                        Map.of("late(startedNanos, sending) ? tooLate() :", "")),
                new PlantedFault(
                        "a lost answer is taken for not sent",
                        "posts/Settlement.java",
                        Map.of(
                                "AttemptOutcome.UNKNOWN, error, now);\n                queue.reschedule(tx, claim,"
                                        + " Priority.BACKGROUND, now);",
                                "AttemptOutcome.UNKNOWN, error, now);\n"
                                        + "waitAndSend(tx, claim, target, error, Duration.ofSeconds(1), now);")),
                new PlantedFault(
                        "a started send whose worker went away is sent again",
                        "posts/PublishTarget.java",
                        Map.of(
                                "case PUBLISHING, UNKNOWN -> resolve(claim, target);",
                                "case PUBLISHING -> send(claim, target, Optional.empty());"
                                        + " case UNKNOWN -> resolve(claim, target);")),
                new PlantedFault(
                        "a post is cancelled though it has started",
                        "posts/PostSteps.java",
                        Map.of("!cancellable(post) ||", "TargetJobs.pending(post).size() > 99 ||")),
                new PlantedFault(
                        "a post is cancelled though a request may have come",
                        "posts/PostSteps.java",
                        Map.of("|| mayHaveCome(tx, post)", "")),
                new PlantedFault(
                        "a post fails though a request may still come",
                        "posts/Settlement.java",
                        Map.of("if (mayCome.isPresent()) {", "if (mayCome.isPresent() && Doubts.SENDS_MAX > 99) {")),
                new PlantedFault(
                        "a retry sends published targets again",
                        "posts/TargetStore.java",
                        Map.of(
                                "where post_id = :post and status = 'failed'",
                                "where post_id = :post and status in ('failed', 'published')")),
                new PlantedFault(
                        "what is not shown is sent again and again",
                        "providers/x/ReadBack.java",
                        Map.of(
                                "return sending.mayBeThere() || !hasText",
                                "return !hasText",
                                "if (!often || !longEnough) {",
                                "if (!often && !longEnough && LOOKS_MIN > 99) {")),
                new PlantedFault(
                        "the duplicate of a send in doubt fails, and nobody looks for it again",
                        "providers/x/ReadBack.java",
                        Map.of(
                                "return sending.mayBeThere()\n                ? new PublishOutcome.Unknown",
                                "return sending.attempt() > 99\n                ? new PublishOutcome.Unknown",
                                "sending.startedAt().plus(MAY_COME_MAX));",
                                "sending.startedAt().plus(MAY_COME_MAX.minus(MAY_COME_MAX)));")),
                new PlantedFault(
                        "a refusal is taken for one of all sends, though nobody can look for those of before",
                        "providers/linkedin/Repetition.java",
                        Map.of("return sending.doubtedSince() == null", "return sending.attempt() < 99")),
                new PlantedFault(
                        "the post that a duplicate names is not ours",
                        "providers/linkedin/Repetition.java",
                        Map.of("if (since == null) {", "if (since == null || sending.attempt() < 99) {")),
                new PlantedFault(
                        "a change of a target is told to nobody",
                        "posts/TargetOutcomes.java",
                        Map.of(
                                "events.append(tx, what, targets.numbered(tx, origin.userId(), origin.mode(), target));",
                                "")));
    }
}
