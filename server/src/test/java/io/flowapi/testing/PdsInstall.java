package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The packages of the real Bluesky server, installed once per lock file, for all builds of this user;
 * {@code -Dflow.test.pds.cache} names another folder for them.
 */
final class PdsInstall {

    private static final int NODE_MIN = 20;
    private static final Duration VERSION_MAX = Duration.ofSeconds(30);
    private static final Duration INSTALL_MAX = Duration.ofMinutes(15);
    private static final int HASH_LETTERS = 16;
    private static final List<String> MANIFEST = List.of("package.json", "package-lock.json", ".npmrc");

    private PdsInstall() {}

    /** Why there cannot be one here, in a sentence. */
    static Optional<String> unavailable() {
        if (!Files.exists(Path.of("/bin/sh"))) {
            return Optional.of("The real Bluesky server needs a Unix: there is no /bin/sh.");
        }
        int node = majorVersion("node");
        if (node < NODE_MIN) {
            return Optional.of("The real Bluesky server needs Node.js " + NODE_MIN + " or later: "
                    + (node == 0 ? "there is no node here." : "node is version " + node + "."));
        }
        return majorVersion("npm") > 0
                ? Optional.empty()
                : Optional.of("The real Bluesky server needs npm: there is none here.");
    }

    /** Where package.json and pds.js are, from whichever module the tests run in. */
    static Path sources() {
        return Stream.of("", "server", "../server", "../../server")
                .map(module -> Path.of(module, "src/test/pds").toAbsolutePath().normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no folder src/test/pds"));
    }

    /** The module's folder for what may be deleted. */
    static Path target() {
        return sources().resolve("../../../target/pds").normalize();
    }

    /** The folder with node_modules. The first call takes minutes; a clean build or a fresh clone takes none. */
    static Path folder() {
        try {
            Path folder = cache().resolve(hash(sources().resolve("package-lock.json")));
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                install(folder);
            }
            return folder;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static Path cache() {
        String told = System.getProperty("flow.test.pds.cache");
        if (told != null) {
            return Path.of(told).toAbsolutePath();
        }
        String userCache = System.getenv("XDG_CACHE_HOME");
        Path base = userCache == null || userCache.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(userCache);
        return base.resolve("flow-api").resolve("pds");
    }

    private static void install(Path folder) throws IOException {
        Path done = folder.resolve("installed");
        if (Files.exists(done)) {
            return;
        }
        for (String file : MANIFEST) {
            Files.copy(sources().resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = folder.resolve("npm.log");
        if (run(folder, log, INSTALL_MAX, "npm", "ci", "--no-audit", "--no-fund") != 0) {
            throw new IllegalStateException("npm ci failed: " + Files.readString(log));
        }
        Files.createFile(done);
    }

    private static int majorVersion(String program) {
        try {
            Path said = Files.createTempFile("version", ".txt");
            int status = run(Path.of("."), said, VERSION_MAX, program, "--version");
            String version = Files.readString(said)
                    .lines()
                    .filter(line -> line.matches("v?\\d+\\..*"))
                    .findFirst()
                    .orElse("0.");
            Files.delete(said);
            return status == 0 ? Integer.parseInt(version.replaceFirst("v?(\\d+).*", "$1")) : 0;
        } catch (IOException notFound) {
            return 0;
        }
    }

    /** The exit status. */
    private static int run(Path folder, Path log, Duration max, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (Ending ending = new Ending(process)) {
            process.getOutputStream().close();
            return process.waitFor(max) ? process.exitValue() : -1;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Ends the process and those it started, also when this JVM is asked to stop meanwhile. */
    private record Ending(Process process, Thread hook) implements AutoCloseable {

        Ending(Process process) {
            this(process, new Thread(() -> end(process)));
            Runtime.getRuntime().addShutdownHook(hook);
        }

        private static void end(Process process) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public void close() {
            end(process);
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException already) {
                // The JVM is ending and runs the hook.
            }
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LETTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
