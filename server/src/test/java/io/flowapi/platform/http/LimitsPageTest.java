package io.flowapi.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds docs/limits.md to the code; what happens past a limit, other tests hold: each names a smaller one. */
@Tag("one-database")
class LimitsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([0-9][^|]*) \\|");

    @Test
    void every_figure_on_the_page_is_that_of_the_code() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(Path.of("..", "docs", "limits.md")))
                .results()
                .map(row -> row.group(1) + ": " + row.group(2))
                .toList();

        HttpLimits limits = HttpLimits.STANDARD;
        assertThat(rows)
                .containsExactly(
                        "body: " + bytes(HttpListener.BODY_BYTES_MAX),
                        "request target, path and query: " + bytes(RequestHeadFilter.TARGET_CHARACTERS_MAX),
                        "query: " + bytes(RequestHeadFilter.QUERY_CHARACTERS_MAX),
                        "headers, their names and separators included: "
                                + bytes(RequestHeadFilter.HEADER_CHARACTERS_MAX),
                        "first line that is looked at: " + bytes(HttpListener.REQUEST_LINE_BYTES_MAX),
                        "headers that are looked at: " + bytes(HttpListener.HEADER_BYTES_MAX),
                        "requests worked on at a time: " + count(limits.requestsMax()),
                        "connections open at a time: " + count(limits.connectionsMax()),
                        "connections that are told so at a time: " + count(Connections.CROWDED_MAX),
                        "from the first byte of a request to its last: " + seconds(limits.requestReadMax()),
                        "from an answer, or the connect, to the next request: " + seconds(limits.idleMax()),
                        "taking one answer: " + seconds(limits.answerWriteMax()),
                        "what a refused client still sends: " + seconds(ClientSocket.LINGER_MAX) + ", and "
                                + seconds(ClientSocket.LINGER_SILENCE_MAX) + " of silence",
                        "requests at hand when the server stops: " + seconds(HttpListener.SHUTDOWN_GRACE));
    }

    private static String bytes(long number) {
        return count(number) + " bytes";
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
