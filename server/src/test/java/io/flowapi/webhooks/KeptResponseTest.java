package io.flowapi.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-database")
class KeptResponseTest {

    private static final String SECRET = "Basic c2VjcmV0IG9mIGFsaWNl";

    private static String kept(String answer, String... hidden) {
        byte[] bytes = answer.getBytes(UTF_8);
        byte[] read = Arrays.copyOf(bytes, Math.min(bytes.length, KeptResponse.READ_MAX));
        return KeptResponse.of(read, List.of(hidden));
    }

    @Test
    void what_stands_in_for_a_secret_is_not_looked_through_again() {
        List<String> hidden = new ArrayList<>(Collections.nCopies(10, "e"));
        hidden.addAll(Collections.nCopies(10, "redacted"));

        assertThat(KeptResponse.of("e".repeat(100).getBytes(UTF_8), hidden)).isEqualTo("e".repeat(100));
        assertThat(KeptResponse.of("see redacted".getBytes(UTF_8), hidden)).isEqualTo("see [redacted]");
    }

    @Test
    void a_value_is_hidden_whole_when_another_is_its_beginning() {
        assertThat(kept("it is " + SECRET + ".", "Basic", SECRET)).isEqualTo("it is [redacted].");
    }

    @Test
    void a_value_is_hidden_as_it_is_written_in_json_too() {
        assertThat(kept("{\"saw\":\"a\\\"b\\\\c\"} a\"b\\c", "a\"b\\c"))
                .isEqualTo("{\"saw\":\"[redacted]\"} [redacted]");
    }

    @Test
    void a_value_of_three_characters_is_no_secret() {
        assertThat(kept("on and on", "on", "and", "")).isEqualTo("on and on");
        assertThat(kept("once and once", "once")).isEqualTo("[redacted] and [redacted]");
    }

    @Test
    void of_a_secret_at_the_end_of_what_is_kept_nothing_is_seen() {
        for (int limit : List.of(KeptResponse.BYTES_MAX, KeptResponse.READ_MAX)) {
            for (int inside = 1; inside <= SECRET.length(); inside++) {
                String kept = kept("-".repeat(limit - inside) + SECRET + "-".repeat(2 * limit), SECRET);

                assertThat(kept).as("%d of %d", inside, limit).doesNotContain("B", "c2");
            }
        }
    }

    @Test
    void many_secrets_before_one_at_the_end_do_not_uncover_it() {
        String longer = SECRET.repeat(40);
        String answer = (longer + "-").repeat(2 * KeptResponse.READ_MAX / longer.length());

        assertThat(kept(answer, longer)).startsWith("[redacted]-[redacted]-").doesNotContain("Basic", "c2");
    }

    @Test
    void what_is_kept_has_its_limit_however_much_was_hidden() {
        String kept = kept("once".repeat(KeptResponse.READ_MAX / 4), "once");

        assertThat(kept.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(KeptResponse.BYTES_MAX);
        assertThat(kept).startsWith("[redacted][redacted]");
    }
}
