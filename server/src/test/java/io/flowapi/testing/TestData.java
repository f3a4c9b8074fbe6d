package io.flowapi.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Documents of others that tests are held against and that are not ours to hand on. They stand in the folder that
 * {@code FLOW_TEST_DATA} names, or beside the checkout; where they are not, tests say that they are skipped.
 */
public final class TestData {

    private static final Path BESIDE_THE_CHECKOUT = Path.of("../../shared/data");

    private TestData() {}

    public static Optional<Path> file(String name) {
        String named = System.getenv("FLOW_TEST_DATA");
        Path folder = named == null || named.isEmpty() ? BESIDE_THE_CHECKOUT : Path.of(named);
        return Optional.of(folder.resolve(name)).filter(Files::isReadable);
    }
}
