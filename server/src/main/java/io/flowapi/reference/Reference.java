package io.flowapi.reference;

import io.flowapi.platform.http.Reading;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that can be read. */
public final class Reference {

    private Reference() {}

    /**
     * @param document the bundled document, as YAML text
     * @param publicUrl how clients reach this server, without a trailing slash; known once it listens
     */
    public static List<Reading> readings(String document, Supplier<String> publicUrl) {
        return Stream.of(
                        Stream.of(ServedDocument.reading(document, publicUrl)),
                        SwaggerUi.readings(),
                        ProblemPages.readings(),
                        Stream.of(RulesPage.reading()))
                .flatMap(readings -> readings)
                .toList();
    }
}
