package io.flowapi.reference;

import io.flowapi.platform.http.Reading;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.stream.Stream;

/** Swagger UI at {@code /docs}: a page and a start of our own, and of the package only the files that these need. */
final class SwaggerUi {

    private static final String PACKAGE = "org.webjars/swagger-ui";

    private SwaggerUi() {}

    static Stream<Reading> readings() {
        String files = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
        return Stream.of(
                new ClassPathFile("/reference/docs.html").at("/docs", "text/html; charset=utf-8"),
                new ClassPathFile("/reference/docs.js").at("/docs/docs.js", "text/javascript; charset=utf-8"),
                new ClassPathFile("/reference/page.css").at("/docs/page.css", "text/css; charset=utf-8"),
                new ClassPathFile(files + "swagger-ui.css").at("/docs/swagger-ui.css", "text/css; charset=utf-8"),
                new ClassPathFile(files + "swagger-ui-bundle.js")
                        .at("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
                // The first line of the bundle refers to it: the licences of what is in it ask to be passed on.
                new ClassPathFile(files + "swagger-ui-bundle.js.LICENSE.txt")
                        .at("/docs/swagger-ui-bundle.js.LICENSE.txt", "text/plain; charset=utf-8"),
                new ClassPathFile(files + "favicon-32x32.png").at("/docs/favicon.png", "image/png"));
    }

    /** The package has its files below its version. */
    private static String version() {
        Properties properties = new Properties();
        try {
            properties.load(
                    new StringReader(new ClassPathFile("/META-INF/maven/" + PACKAGE + "/pom.properties").text()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties.getProperty("version");
    }
}
