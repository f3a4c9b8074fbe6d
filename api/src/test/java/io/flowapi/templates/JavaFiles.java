package io.flowapi.templates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.openapitools.codegen.config.GlobalSettings;

/** A folder of Java sources. */
record JavaFiles(Path folder) {

    // Held here, because the logging system forgets the level of a logger nobody holds.
    private static final Logger GENERATOR = Logger.getLogger("org.openapitools");

    /** What the Maven plugin generates with the same folder of templates. */
    static JavaFiles generate(Path templates, Path document, Path output) {
        GENERATOR.setLevel(Level.SEVERE);
        GlobalSettings.setProperty("apis", "");
        GlobalSettings.setProperty("models", "");
        for (String unwanted : new String[] {"apiTests", "modelTests", "apiDocs", "modelDocs"}) {
            GlobalSettings.setProperty(unwanted, "false");
        }
        CodegenConfigurator configurator = CodegenConfigurator.fromFile(
                        templates.resolve("config.yaml").toString())
                .setGeneratorName("java")
                .setLibrary("native")
                .setTemplateDir(templates.toString())
                .setInputSpec(document.toString())
                .setOutputDir(output.toString());
        DefaultGenerator generator = new DefaultGenerator();
        generator.setGenerateMetadata(false);
        generator.opts(configurator.toClientOptInput()).generate();
        return new JavaFiles(output.resolve("src/main/java"));
    }

    /** Paths below the folder. */
    SortedSet<Path> names() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    Path file(Path name) {
        return folder.resolve(name);
    }

    /** Makes another folder hold these files and no others. */
    void copyTo(JavaFiles other) throws IOException {
        for (Path stale : other.names()) {
            Files.delete(other.file(stale));
        }
        for (Path name : names()) {
            Files.createDirectories(other.file(name).getParent());
            Files.copy(file(name), other.file(name));
        }
    }
}
