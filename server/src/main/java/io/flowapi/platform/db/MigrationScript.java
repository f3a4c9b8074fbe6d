package io.flowapi.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A file such as {@code V001__posts.sql}; where the engines need different words, one such as
 * {@code V002__audit.sqlite.sql} for each.
 */
record MigrationScript(int version, String name, String sql) {
    private static final Pattern NAME = Pattern.compile("V(\\d{3})__\\w+(\\.(?:sqlite|postgresql))?\\.sql");

    /** The folder of that name on the class path, in a jar or not. */
    static URI folder(String name) {
        URL folder = MigrationScript.class.getClassLoader().getResource(name);
        if (folder == null) {
            throw new IllegalStateException("No migrations at " + name + ".");
        }
        return URI.create(folder.toString());
    }

    /** The scripts of a folder for this engine, numbered from 1 without a gap. */
    static List<MigrationScript> findAll(URI folder, Engine engine) {
        List<MigrationScript> scripts =
                scan(folder).stream().filter(script -> script.isFor(engine)).toList();
        for (int i = 0; i < scripts.size(); i++) {
            if (scripts.get(i).version() != i + 1) {
                throw new IllegalStateException("Expected migration " + (i + 1) + ", found "
                        + scripts.get(i).name() + ".");
            }
        }
        return scripts;
    }

    /** Notices a changed script; nobody has to be kept from forging one. */
    String checksum() {
        CRC32 crc = new CRC32();
        crc.update(sql.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private boolean isFor(Engine engine) {
        String only = "." + engine.name().toLowerCase(Locale.ROOT) + ".sql";
        return name.endsWith(only) || name.indexOf('.') == name.lastIndexOf('.');
    }

    private static List<MigrationScript> scan(URI folder) {
        try {
            if (!folder.getScheme().equals("jar")) {
                return readAll(Path.of(folder));
            }
            String[] jarAndFolder = folder.getRawSchemeSpecificPart().split("!/", 2);
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(URI.create(jarAndFolder[0])))) {
                return readAll(jar.getPath(jarAndFolder[1]));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<MigrationScript> readAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(MigrationScript::read)
                    .sorted(Comparator.comparing(MigrationScript::version))
                    .toList();
        }
    }

    private static MigrationScript read(Path file) {
        String name = file.getFileName().toString();
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalStateException(name + " is not named like V001__what_it_does.sql.");
        }
        try {
            String sql = Files.readString(file).replace("\r\n", "\n");
            return new MigrationScript(Integer.parseInt(parts.group(1)), name, sql);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
