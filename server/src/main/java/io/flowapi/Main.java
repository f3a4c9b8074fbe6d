package io.flowapi;

import io.flowapi.cli.BackupCommand;
import io.flowapi.cli.CheckUrlCommand;
import io.flowapi.cli.Console;
import io.flowapi.cli.DoctorCommand;
import io.flowapi.cli.JobsCommand;
import io.flowapi.cli.KeysCommand;
import io.flowapi.cli.MigrateCommand;
import io.flowapi.cli.RestoreCommand;
import io.flowapi.cli.UsersCommand;
import io.flowapi.cli.VersionCommand;
import io.flowapi.installation.Build;
import io.flowapi.installation.Config;
import io.flowapi.platform.log.Logs;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code flow} command. */
@Command(
        name = "flow",
        mixinStandardHelpOptions = true,
        description = "Publishes and schedules posts to social channels: once, on time, truthfully reported.")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Logs.configure(Config.logFormat(System.getenv()));
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        Console console = new Console(environment);
        CommandLine webhooks =
                new CommandLine(new Webhooks()).addSubcommand(new CheckUrlCommand(environment, System.in));
        CommandLine flow = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(new UsersCommand(console))
                .addSubcommand(new KeysCommand(console))
                .addSubcommand(new JobsCommand(console))
                .addSubcommand(webhooks)
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new MigrateCommand(console))
                .addSubcommand(new BackupCommand(console))
                .addSubcommand(new RestoreCommand(console))
                .addSubcommand(new VersionCommand())
                .setExecutionExceptionHandler(Main::explain)
                .setCaseInsensitiveEnumValuesAllowed(true);
        flow.getCommandSpec().version(Build.version());
        return flow;
    }

    @Command(name = "webhooks", mixinStandardHelpOptions = true, description = "Looks after webhooks.")
    private static final class Webhooks {}

    /** A person at a console is helped by the sentence, not by the stack. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(reason(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because: " + reason(cause));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Where the operating system's word became a class, its message is the path alone. */
    static String reason(Throwable cause) {
        return switch (cause) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
            case AccessDeniedException denied -> denied.getFile() + ": not permitted";
            case FileAlreadyExistsException there -> there.getFile() + ": is there already";
            case DirectoryNotEmptyException full -> full.getFile() + ": the directory is not empty";
            case NotDirectoryException file -> file.getFile() + ": is no directory";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
