package io.flowapi.crash;

import io.flowapi.platform.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the callers were told, against what is there.
 *
 * @param lost acknowledged posts that are gone
 * @param strangers posts that no caller was told of
 * @param unpublished posts that did not end as published
 * @param missing published posts that the network does not show
 * @param duplicates entries the network shows again
 * @param foreign entries the network shows of posts that nobody created
 * @param recoveries from readiness to the first post published of those the dead server had left over; below zero
 *     when the server was quicker to publish than to answer
 */
record Findings(
        long seed,
        int rounds,
        int acknowledged,
        int inFlight,
        int replayed,
        int lost,
        int strangers,
        int unpublished,
        int missing,
        int duplicates,
        int foreign,
        List<String> refusals,
        List<Duration> recoveries) {

    static Findings of(long seed, Creators creators, Shown shown, List<Restart> restarts) {
        Set<String> told = creators.acknowledged().keySet();
        Set<String> contents = Set.copyOf(creators.acknowledged().values());
        Set<String> visible = new HashSet<>(shown.timeline());
        return new Findings(
                seed,
                restarts.size(),
                told.size(),
                creators.inFlight(),
                creators.replayed(),
                without(told, shown.posts().keySet()),
                without(shown.posts().keySet(), told),
                shown.unpublished(),
                without(contents, visible),
                shown.timeline().size() - visible.size(),
                without(visible, contents),
                creators.refusals(),
                recoveries(shown, restarts));
    }

    private static List<Duration> recoveries(Shown shown, List<Restart> restarts) {
        return IntStream.range(0, restarts.size())
                .mapToObj(i -> shown.recovery(
                        restarts.get(i),
                        i + 1 < restarts.size() ? restarts.get(i + 1).died() : Instant.MAX))
                .flatMap(Optional::stream)
                .toList();
    }

    private static int without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest.size();
    }

    /** Every promise that was not kept. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(refusals);
        note(broken, lost, "acknowledged posts are gone");
        note(broken, strangers, "posts are there of which no caller was told");
        note(broken, unpublished, "posts did not end as published");
        note(broken, missing, "published posts are not on the timeline");
        note(broken, duplicates, "entries are on the timeline once more");
        note(broken, foreign, "entries on the timeline belong to no post");
        return broken;
    }

    private static void note(List<String> broken, int count, String what) {
        if (count > 0) {
            broken.add(count + " " + what);
        }
    }

    /**
     * Prints the figures, and writes them to the file that {@code flow.test.evidence} names.
     *
     * @param more what this step has counted beside them
     */
    void report(String step, Map<String, Object> more) {
        Map<String, Object> figures = figures(step);
        figures.putAll(more);
        System.out.println("kill -9: " + Json.text(figures));
        String file = System.getProperty("flow.test.evidence");
        if (file != null) {
            try {
                Files.write(Path.of(file), Json.bytes(figures));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    private Map<String, Object> figures(String step) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("step", step);
        figures.put("date", Instant.now());
        figures.put("database", ChosenDatabase.NAME);
        figures.put("seed", seed);
        figures.put("rounds", rounds);
        figures.put("acknowledged", acknowledged);
        figures.put("inFlightAtKill", inFlight);
        figures.put("replayed", replayed);
        figures.put("lost", lost);
        figures.put("strangers", strangers);
        figures.put("unpublished", unpublished);
        figures.put("missing", missing);
        figures.put("duplicates", duplicates);
        figures.put("foreign", foreign);
        figures.put(
                "recoveryMillis", recoveries.stream().map(Duration::toMillis).toList());
        return figures;
    }
}
