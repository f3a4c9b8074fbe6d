package io.flowapi.bluesky;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of the posts of one cut.
 *
 * @param published how many the API shows as published
 * @param missing posts that the network does not show
 * @param duplicates entries that the network shows again
 */
public record CutFigures(int posts, int published, int missing, int duplicates) {

    /** How many posts each cut is tried on. */
    public static final int POSTS = Integer.getInteger("flow.test.cuts", 20);

    /** @param shown the contents on the network, as often as they are there */
    public static CutFigures of(Set<String> contents, int published, List<String> shown) {
        Set<String> missing = new HashSet<>(contents);
        shown.forEach(missing::remove);
        return new CutFigures(
                contents.size(),
                published,
                missing.size(),
                shown.size() - Set.copyOf(shown).size());
    }

    public static CutFigures flawless(int posts) {
        return new CutFigures(posts, posts, 0, 0);
    }

    /** Prints them, and adds them to the file that {@code flow.test.evidence} names. */
    public void report(Object cut) {
        System.out.println("cut " + cut + ": " + Json.text(this));
        String file = System.getProperty("flow.test.evidence");
        if (file != null) {
            add(Path.of(file), cut.toString());
        }
    }

    private void add(Path file, String cut) {
        try {
            ObjectNode all = (ObjectNode) (Files.exists(file) ? Json.read(Files.readAllBytes(file)) : Json.tree("{}"));
            all.put("step", "cut-bluesky");
            all.put("date", Instant.now().toString());
            all.put("database", System.getProperty("flow.test.database", "sqlite"));
            all.withObjectProperty("cuts").putPOJO(cut, this);
            Files.write(file, Json.bytes(all));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
