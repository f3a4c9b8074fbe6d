package io.flowapi;

import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.ServerLock;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the server until it is told to stop.")
final class ServeCommand implements Callable<Integer> {

    private static final int PORT_MAX = 65_535;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", description = "The port to listen on instead of FLOW_PORT; 0 takes any free one.")
    private @Nullable Integer port;

    @Option(names = "--role", description = "What this process does: ${COMPLETION-CANDIDATES}.")
    private Config.Role role = Config.Role.ALL;

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = config();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, closed)));
        // The lock is the first to be taken and the last to go: two servers must not see one directory's database.
        try (ServerLock lock = DataDirectory.open(config.dataDirectory()).lock();
                Installation installation = Installation.open(config);
                FlowServer server = new FlowServer(config, installation)) {
            server.start();
            Optional<FirstUser> first = config.production() ? Optional.empty() : FirstUser.create(installation);
            greet(config, config.publicUrlOn(server.port()), first);
            stopped.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private Config config() {
        if (port != null && (port < 0 || port > PORT_MAX)) {
            throw new ParameterException(spec.commandLine(), "--port is a number from 0 to 65535.");
        }
        Map<String, String> settings = new HashMap<>(environment);
        if (port != null) {
            settings.put("FLOW_PORT", port.toString());
        }
        Config config = Config.from(settings, role);
        if (role != Config.Role.ALL && config.databaseUrl() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--role=" + role.name().toLowerCase(Locale.ROOT) + " needs DATABASE_URL: the embedded database"
                            + " has one process, which does everything.");
        }
        return config;
    }

    /** The signal's thread must not return before everything is closed: the process ends when it does. */
    private static void stop(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            closed.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void greet(Config config, String publicUrl, Optional<FirstUser> first) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                config.role() == Config.Role.WORKER
                        ? "Flow API works on what is due"
                        : "Flow API listens on " + publicUrl);
        first.ifPresent(user -> out.println(Welcome.text(publicUrl, user)));
        out.flush();
    }
}
