package io.flowapi.cli;

import io.flowapi.installation.Installation;
import io.flowapi.platform.jobs.DeadJobStore;
import io.flowapi.platform.jobs.JobQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after jobs that were given up. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "Looks after jobs that were given up.")
public final class JobsCommand {

    private static final int LISTED_MAX = 1000;

    private final Console console;

    @Spec
    private CommandSpec spec;

    public JobsCommand(Console console) {
        this.console = console;
    }

    private static DeadJobStore dead(Installation flow) {
        return new DeadJobStore(new JobQueue(flow.ids()));
    }

    @Command(
            description = "Lists the jobs that failed by faults for a day, at most " + LISTED_MAX + ".",
            mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "Print JSON, one object a line.") boolean json) {
        List<DeadJobStore.Dead> jobs =
                console.with(flow -> flow.database().read(tx -> dead(flow).list(tx, LISTED_MAX)));
        for (DeadJobStore.Dead job : jobs) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", job.id());
            shown.put("kind", job.kind());
            shown.put("subject", job.subject());
            shown.put("attempts", job.attempts());
            shown.put("fault", job.fault());
            shown.put("diedAt", job.diedAt());
            Console.print(
                    spec,
                    json,
                    shown,
                    job.id() + "  " + job.diedAt() + "  " + job.kind() + "  " + job.subject() + "  " + job.fault());
        }
        return 0;
    }

    @Command(description = "Puts a job that was given up back into the queue.", mixinStandardHelpOptions = true)
    int retry(
            @Parameters(paramLabel = "ID") UUID id,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        String kind = console.with(flow -> flow.database()
                        .write(tx -> dead(flow).revive(tx, id, flow.clock().instant())))
                .orElseThrow(() -> Console.wrong(spec, "No job " + id + " was given up."));
        Console.print(spec, json, Map.of("id", id, "kind", kind, "state", "ready"), id + " is in the queue again");
        return 0;
    }
}
