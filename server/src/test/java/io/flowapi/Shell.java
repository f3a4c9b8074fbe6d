package io.flowapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs the {@code flow} command as a person at a console would. */
public final class Shell {

    private final Map<String, String> environment;

    public Shell(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a command printed, and its exit code. */
    public record Output(int exit, String out, String err) {

        /** The printed JSON objects, one a line. */
        public List<JsonNode> json() {
            return out.lines().map(Json::tree).toList();
        }
    }

    public Output flow(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(environment);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int exit = command.execute(arguments);
        return new Output(exit, out.toString(), err.toString());
    }
}
