package io.flowapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

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
            assertThat(runs(file, test.group(2))).as(test.group()).isTrue();
        });
    }

    /** A method that no runner calls proves nothing. */
    private static boolean runs(Path file, String name) {
        String type = file.toString()
                .replaceFirst(".*src/test/java/", "")
                .replace(".java", "")
                .replace('/', '.');
        try {
            return Arrays.stream(Class.forName(type, false, NamedTests.class.getClassLoader())
                            .getDeclaredMethods())
                    .anyMatch(method ->
                            method.getName().equals(name) && AnnotationSupport.isAnnotated(method, Testable.class));
        } catch (ClassNotFoundException ofAnotherModule) {
            return read(file).contains(" " + name + "(");
        }
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
