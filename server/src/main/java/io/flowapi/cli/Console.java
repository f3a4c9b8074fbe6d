package io.flowapi.cli;

import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.platform.http.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a command reaches the installation and answers the person. */
public record Console(Map<String, String> environment) {

    /** Opens the installation for one command; a server may run on it meanwhile. */
    <T> T with(Function<Installation, T> work) {
        try (Installation installation = Installation.open(Config.from(environment))) {
            return work.apply(installation);
        }
    }

    /** The configuration of an installation whose database is in its data directory. */
    Config embedded(CommandSpec spec, String otherwise) {
        Config config = Config.from(environment);
        if (config.databaseUrl() != null) {
            throw wrong(spec, otherwise);
        }
        return config;
    }

    /** Tells a person what is being done, apart from what a program reads. */
    static void progress(CommandSpec spec, String sentence) {
        warn(spec, sentence + " ...");
    }

    /** Tells a person what they may not expect, apart from what a program reads. */
    static void warn(CommandSpec spec, String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }

    /** Prints a JSON object, or the line for people. */
    static void print(CommandSpec spec, boolean json, Object value, String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.text(value) : line);
        out.flush();
    }

    static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
