package io.flowapi.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/posts/flow_live_0123456789_hunter2 | /v1/posts/flow_live_[redacted]",
                "Bearer hunter2hunter2 | Bearer [redacted]",
                "Authorization: Basic hunter2 hunter2 | Authorization: [redacted]",
                "{\"authorization\":\"Basic hunter2\",\"a\":1} | {\"authorization\":[redacted],\"a\":1}",
                "Cookie: a=hunter2; b=hunter2 | Cookie: [redacted]",
                "postgres://flow:hunter2@db:5432/flow | postgres://[redacted]@db:5432/flow",
                "postgres://flow:hunter2@hunter2@db/flow | postgres://[redacted]@db/flow",
                "https://hunter2@example.com/a@b | https://[redacted]@example.com/a@b",
                "jdbc:postgresql://db/flow?user=flow&password=hunter2&ssl=true |"
                        + " jdbc:postgresql://db/flow?user=flow&password=[redacted]&ssl=true",
                "S3_SECRET_ACCESS_KEY, token = hunter2, rest | S3_SECRET_ACCESS_KEY, token = [redacted], rest",
                "{\"appPassword\":\"hunter2 hunter2\",\"a\":1} | {\"appPassword\":[redacted],\"a\":1}",
                "jwt eyJhbGciOiJub25lIn0.hunter2.hunter2 end | jwt [redacted] end",
                "word 0123456789abcdef0123456789abcdef01234567 end | word [redacted] end",
                "word hunter2_hunter2-hunter2+hunter2hunter2hunter2== end | word [redacted] end",
            })
    void are_hidden(String text, String hidden) {
        assertThat(Secrets.hide(text)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/posts/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10/targets/0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10",
                "https://example.com/a?b=c@d",
                "createPost 4bf92f3577b34da6a3ce929d0e0e4736",
                "\tat io.flowapi.apikeys.ApiKeyToken.parse(ApiKeyToken.java:57)",
                "insert into api_keys (id, user_id, name, hash) values (?, ?, ?, ?)",
                "The token has expired.",
                "apiKeyId 0199d3f2-5b1c-7c3e-9d7a-3f6f1f1c9a10",
                "a post by alice@example.com"
            })
    void are_not_seen_where_there_are_none(String text) {
        assertThat(Secrets.hide(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "-",
                "=",
                "\"",
                "'",
                " ",
                ":",
                "://",
                "@",
                "a@",
                "flow_live_",
                "eyJ",
                "eyJa.",
                "token",
                "token ",
                "token=\"",
                "bearer ",
                "bearer",
                "cookie:",
                "cookie:\n",
                "a.",
                "\n",
                "secret:'"
            })
    void are_looked_for_in_steps_that_grow_with_the_text_and_not_with_its_square(String piece) {
        for (Pattern pattern : Secrets.patterns()) {
            Counted text = new Counted(piece.repeat(20_000 / piece.length()), new AtomicLong());
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                // The steps are what counts.
            }
            assertThat(text.steps.get()).as(pattern.pattern()).isLessThan(60L * text.length());
        }
    }

    private record Counted(String text, AtomicLong steps) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }
}
