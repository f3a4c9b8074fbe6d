package io.flowapi.ratelimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the rate limits on a disk that is full when its files change places: a tmpfs that only one process sees. */
@Tag("one-database")
class FullDiskLimitsTest {

    private static final String MOUNT = "mount -t tmpfs -o size=256k,nr_inodes=12,mode=700 none \"$0\" && exec \"$@\"";

    @TempDir
    Path directory;

    @Test
    void no_file_can_be_made_and_nothing_is_forgotten_and_it_recovers_without_a_restart() throws Exception {
        proves("files");
    }

    @Test
    void no_byte_can_be_written_and_the_limits_hold_in_memory_and_it_recovers_without_a_restart() throws Exception {
        proves("bytes");
    }

    private void proves(String scene) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(run(disk, List.of("true")) == 0, "no right to mount here");
        int exit = run(
                disk,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FullDiskLimits.class.getName(),
                        scene,
                        disk.toString()));
        assertThat(exit).as(Files.readString(output().toPath())).isZero();
    }

    private int run(Path disk, List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", MOUNT, disk.toString()));
        command.addAll(program);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output())
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return 127;
        }
    }

    private File output() {
        return directory.resolve("output").toFile();
    }
}
