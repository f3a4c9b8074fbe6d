package io.flowapi.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.QuotaWindow;
import io.flowapi.platform.net.OutgoingOutcome.Answered;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("one-database")
class QuotaHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");

    private static Optional<QuotaWindow> read(String... headers) {
        Map<String, List<String>> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return QuotaHeaders.read(new Answered(200, all, new byte[0]), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "x-rate-limit-, 1795426260",
        "x-ratelimit-, 2026-11-23T09:31:00.000000Z",
        "x-ratelimit-, 2026-11-23T10:31:00+01:00",
        "ratelimit-, 1795426260",
        "ratelimit-, 60",
        "ratelimit-, ' 60 '"
    })
    void every_dialect_says_the_same(String dialect, String reset) {
        assertThat(read(dialect + "limit", "100", dialect + "remaining", "7", dialect + "reset", reset))
                .contains(new QuotaWindow("posts", 100L, 7L, NOW.plusSeconds(60), NOW));
    }

    @Test
    void a_policy_names_the_limit() {
        assertThat(read(
                        "ratelimit-limit",
                        "5000",
                        "ratelimit-remaining",
                        "0",
                        "ratelimit-reset",
                        "60",
                        "ratelimit-policy",
                        "5000;w=3600"))
                .map(QuotaWindow::name)
                .contains("5000;w=3600");
    }

    @Test
    void an_answer_that_says_nothing_or_half_of_it_says_nothing() {
        assertThat(read()).isEmpty();
        assertThat(read("x-ratelimit-limit", "300", "x-ratelimit-reset", "60")).isEmpty();
        assertThat(read("x-ratelimit-limit", "300", "x-ratelimit-remaining", "1", "x-ratelimit-reset", "soon"))
                .isEmpty();
        assertThat(read("x-ratelimit-limit", "300", "x-ratelimit-remaining", "-1", "x-ratelimit-reset", "60"))
                .isEmpty();
    }

    @Test
    void nobody_is_stopped_for_longer_than_a_day() {
        assertThat(read("ratelimit-limit", "1", "ratelimit-remaining", "0", "ratelimit-reset", "999999999999999"))
                .map(QuotaWindow::resetAt)
                .contains(NOW.plusSeconds(24 * 3600));
    }
}
