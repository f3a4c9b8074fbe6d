package io.flowapi.providers.linkedin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A version of LinkedIn's API, as it stands in its header. LinkedIn takes each for a year, and then refuses every call.
 *
 * @param number such as 202609
 * @param sunset when LinkedIn stops to take it
 */
public record LinkedInVersion(String number, Instant sunset) {

    private static final String DEFAULT = "202609";
    private static final Pattern NUMBER = Pattern.compile("20[2-9][0-9](0[1-9]|1[0-2])");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMM");

    /** So long before its end it is said that it ends. */
    public static final Duration WARNING = Duration.ofDays(60);

    /** As LinkedIn's page of migrations has them. */
    private static final Map<String, LocalDate> KNOWN = Map.of(
            "202511", LocalDate.of(2026, 11, 16),
            "202601", LocalDate.of(2027, 1, 15),
            "202602", LocalDate.of(2027, 2, 15),
            "202603", LocalDate.of(2027, 3, 16));

    /** That of the others is assumed: LinkedIn promises a year, and ends versions in the middle of a month. */
    private static final int ASSUMED_DAY = 15;

    /**
     * Takes what an operator has set; empty text is the version that this server was made for.
     *
     * @throws IllegalArgumentException when it is no version
     */
    public static LinkedInVersion of(String set) {
        String number = set.isEmpty() ? DEFAULT : set;
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("must be a year and a month, such as " + DEFAULT);
        }
        LocalDate assumed = YearMonth.parse(number, FORM).plusYears(1).atDay(ASSUMED_DAY);
        return new LinkedInVersion(
                number,
                KNOWN.getOrDefault(number, assumed).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    public boolean overAt(Instant now) {
        return !now.isBefore(sunset);
    }

    public boolean endsSoonAt(Instant now) {
        return !now.isBefore(sunset.minus(WARNING));
    }

    /** From this day on it is not taken any more. */
    public LocalDate sunsetDay() {
        return LocalDate.ofInstant(sunset, ZoneOffset.UTC);
    }
}
