package io.flowapi.cli;

import io.flowapi.platform.db.SchemaVersion;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the schema up to date, as every start does: for those who want it done before. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings the database's schema up to date, as every start does, and says its version.")
public final class MigrateCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public MigrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        SchemaVersion schema = console.with(flow -> flow.database().schemaVersion());
        Console.print(
                spec, json, Map.of("schemaVersion", schema.applied()), "The schema has version " + schema.applied());
        return 0;
    }
}
