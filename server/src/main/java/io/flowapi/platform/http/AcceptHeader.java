package io.flowapi.platform.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a client takes (RFC 9110, 12.5.1), which the validator reads without its weights and takes for all if broken. */
record AcceptHeader(List<Range> ranges) {

    private static final String JSON = "application/json";

    /** One media range; a type that is no type at all takes nothing. */
    private record Range(String type, boolean refused) {

        static Range of(String written) {
            String[] parts = written.toLowerCase(Locale.ROOT).split(";");
            boolean refused =
                    Arrays.stream(parts).skip(1).map(String::strip).anyMatch(part -> part.matches("q=0(\\.0{0,3})?"));
            return new Range(parts.length == 0 ? "" : parts[0].strip(), refused);
        }

        boolean coversJson() {
            return type.equals(JSON) || type.equals("*/*") || type.equals("application/*");
        }

        int precision() {
            return type.equals("*/*") ? 0 : type.endsWith("/*") ? 1 : 2;
        }
    }

    static AcceptHeader of(Map<String, List<String>> headers) {
        return new AcceptHeader(headers.getOrDefault("accept", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(written -> !written.isBlank())
                .map(Range::of)
                .toList());
    }

    /** Whoever names nothing takes everything; else the most precise range decides. */
    boolean takesJson() {
        return ranges.isEmpty() || mostPreciseTakesJson();
    }

    private boolean mostPreciseTakesJson() {
        return ranges.stream()
                .filter(Range::coversJson)
                .max(Comparator.comparingInt(Range::precision))
                .filter(range -> !range.refused())
                .isPresent();
    }
}
