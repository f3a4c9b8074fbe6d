package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a page of the documentation names, as {@code Class.method}, and the sources they stand in. */
final class NamedTests {

    static final Path ROOT = Path.of("..");
    static final Pattern PATTERN = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private NamedTests() {}

    /** Holds each test in this text to being there. */
    static void allExist(String text) {
        assertThat(PATTERN.matcher(text).results()).allSatisfy(test -> {
            Path file = sources("src/test/java", "/" + test.group(1) + ".java")
                    .findAny()
                    .orElse(null);
            assertThat(file).as(test.group()).isNotNull();
            assertThat(read(file)).contains(" " + test.group(2) + "(");
        });
    }

    /** The sources of that kind in every module; not all below the root, where tests write meanwhile. */
    static Stream<Path> sources(String folder, String ending) {
        return Stream.of("api", "server", "clients/java", "contracts", "contracts/resiliency", "perf")
                .map(module -> ROOT.resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(NamedTests::files)
                .filter(file -> file.toString().endsWith(ending));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
