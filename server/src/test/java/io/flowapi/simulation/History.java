package io.flowapi.simulation;

import io.flowapi.simulation.Snapshot.TargetRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What happened, one line a step, with short names in the place of ids. */
final class History {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final SimulatedTime time;
    private final List<String> lines = new ArrayList<>();
    private int posts;
    private final Map<UUID, String> names = new HashMap<>();

    History(SimulatedTime time) {
        this.time = time;
    }

    void add(String who, String what) {
        lines.add(TIME.format(LocalTime.ofInstant(time.instant(), ZoneOffset.UTC)) + "  " + who + "  " + what);
    }

    /** Posts are numbered as they come, their targets after them. */
    void name(Snapshot now) {
        for (UUID post : now.posts().keySet()) {
            names.computeIfAbsent(post, unknown -> "p" + ++posts);
        }
        for (TargetRow target : now.targets().values()) {
            names.computeIfAbsent(
                    target.id(), unknown -> "t" + name(target.post()).substring(1) + "." + target.position());
        }
    }

    String name(UUID id) {
        return names.getOrDefault(id, "?");
    }

    int size() {
        return lines.size();
    }

    String text() {
        return String.join("\n", lines);
    }

    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
