package io.flowapi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.Shell;
import io.flowapi.installation.Build;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.ServerLock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {

    @TempDir
    Path directory;

    private Shell.Output run(String... arguments) {
        return new Shell(Map.of("FLOW_DATA_DIR", directory.toString())).flow(arguments);
    }

    @Test
    void prints_its_version() {
        assertThat(run("version").out().strip()).isEqualTo(Build.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(run("--version").out().strip()).isEqualTo(Build.version());
        assertThat(run("version", "--json").json().getFirst().path("version").asText())
                .isEqualTo(Build.version());
    }

    @Test
    void helps_with_every_command() {
        Shell.Output help = run("--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("serve", "users", "keys", "webhooks", "version");
        assertThat(run("keys", "create", "--help").out()).contains("--user", "--scopes");
    }

    @Test
    void tells_about_an_unknown_command_or_option() {
        Shell.Output command = run("user");
        Shell.Output option = run("users", "list", "--yaml");

        assertThat(command.exit()).isEqualTo(2);
        assertThat(command.err()).contains("'user'").contains("flow users");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("--yaml");
    }

    @Test
    void tells_which_settings_are_wrong_without_a_stack_trace() {
        Shell.Output refused =
                new Shell(Map.of("FLOW_PORT", "http", "FLOW_DATA_DIR", directory.toString())).flow("serve");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("FLOW_PORT must be a number").doesNotContain("\tat ");
    }

    @Test
    void tells_which_process_has_the_directory() {
        try (ServerLock _ = DataDirectory.open(directory).lock()) {
            Shell.Output refused = run("serve", "--port", "0");

            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("process id " + ProcessHandle.current().pid())
                    .contains("FLOW_DATA_DIR");
        }
    }
}
