package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The figures of a server, read as Prometheus reads them. */
public record Scrape(Map<String, Family> families, List<Sample> samples) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What is said of a metric before its figures. */
    public record Family(String name, String type, String help) {}

    public record Sample(String name, Map<String, String> labels, double value) {}

    /** As it is now. */
    public static Scrape of(int managementPort) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return parse(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    public static Scrape parse(String text) {
        Map<String, String> helps = new LinkedHashMap<>();
        Map<String, Family> families = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                helps.put(words[2], words.length > 3 ? words[3] : "");
            } else if (line.startsWith("# TYPE ")) {
                families.put(words[2], new Family(words[2], words[3], helps.getOrDefault(words[2], "")));
            } else {
                samples.add(sample(line));
            }
        }
        return new Scrape(families, samples);
    }

    private static Sample sample(String line) {
        Matcher parts = SAMPLE.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        Map<String, String> labels = new TreeMap<>();
        if (parts.group(2) != null) {
            LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }

    /** The samples of this name that have these labels, as name and value in turn, and perhaps more. */
    public Stream<Sample> all(String name, String... labels) {
        return samples.stream().filter(sample -> sample.name().equals(name) && has(sample, labels));
    }

    private static boolean has(Sample sample, String... labels) {
        boolean all = true;
        for (int i = 0; i < labels.length; i += 2) {
            all &= labels[i + 1].equals(sample.labels().get(labels[i]));
        }
        return all;
    }

    /** Their sum; 0 when there is none. */
    public double sum(String name, String... labels) {
        return all(name, labels).mapToDouble(Sample::value).sum();
    }

    public boolean has(String name, String... labels) {
        return all(name, labels).findAny().isPresent();
    }

    /** The values that a label of this metric has. */
    public List<String> values(String name, String label) {
        return all(name)
                .map(sample -> sample.labels().get(label))
                .distinct()
                .sorted()
                .toList();
    }
}
