package io.flowapi.cli;

import io.flowapi.doctor.Doctor;
import io.flowapi.doctor.Finding;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes through the deployment checklist, beside a running server or without one. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Goes through the deployment checklist and says of each line what the evidence is."
                + " Exits with 1 when something failed.")
public final class DoctorCommand implements Callable<Integer> {

    private final Console console;
    private boolean failed;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the server is, such as https://flow.example.com (default: on this machine).")
    private @Nullable String url;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        new Doctor(console.environment(), InstantSource.system(), this::show).examine(url);
        return failed ? 1 : 0;
    }

    private void show(Finding finding) {
        failed |= finding.status() == Finding.Status.FAILED;
        Console.print(spec, json, object(finding), line(finding));
    }

    private static Map<String, Object> object(Finding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("check", finding.check());
        object.put("evidence", finding.evidence().words());
        object.put("status", finding.status().word());
        object.put("detail", finding.detail());
        return object;
    }

    /** Only what was tried out and is well is green. */
    private static String line(Finding finding) {
        String colour = switch (finding.status()) {
            case OK -> "green";
            case FAILED -> "red";
            case UNPROVEN -> "yellow";
        };
        String status = Ansi.AUTO.string(
                "@|" + colour + " " + "%-8s".formatted(finding.status().word()) + "|@");
        return status + "  " + finding.check() + ", " + finding.evidence().words() + ": " + finding.detail();
    }
}
