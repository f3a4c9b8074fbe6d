package io.flowapi.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds what Maven put together to what was tried together: one older part makes calls that do not exist. */
@Tag("one-database")
class LibrariesTest {

    private static final Pattern HELIDON = Pattern.compile("(helidon-[a-z0-9-]+?)-(\\d.*)\\.jar");

    @Test
    void every_part_of_helidon_has_one_version() {
        List<MatchResult> parts = Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .flatMap(jar -> HELIDON.matcher(jar).results())
                .toList();

        assertThat(parts).hasSizeGreaterThan(10);
        assertThat(parts)
                .filteredOn(part -> !part.group(1).equals("helidon-fault-tolerance"))
                .extracting(part -> part.group(2))
                .containsOnly("4.5.0");
    }

    @Test
    void helidon_comes_without_http_2_and_without_metrics_of_its_own() {
        assertThat(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .doesNotContain("helidon-webserver-http2", "helidon-metrics-providers", "observe-metrics");
    }
}
