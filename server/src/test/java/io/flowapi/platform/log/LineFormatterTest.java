package io.flowapi.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class LineFormatterTest {

    private static final String KEY = "flow_live_0123456789_" + "aB3".repeat(16) + "x";
    private static final String HOSTILE =
            "a\r\nb\nc\u001b[31md\u0000e\u0007f\u007fg\u0085h\u009bi\u2028j\u2029k\u202el\"m\\n";

    @Test
    void an_application_line_is_one_object() {
        JsonNode line = json(record("io.flowapi.Some", "It failed.", new IllegalStateException("because")));

        assertThat(line.properties().stream().map(field -> field.getKey()))
                .containsExactly("time", "level", "logger", "message", "exception");
        assertThat(line.path("level").asText()).isEqualTo("WARNING");
        assertThat(line.path("logger").asText()).isEqualTo("io.flowapi.Some");
        assertThat(line.path("message").asText()).isEqualTo("It failed.");
        assertThat(line.path("exception").asText())
                .startsWith("java.lang.IllegalStateException: because\n\tat io.flowapi.platform.log.LineFormatterTest");
    }

    @Test
    void a_line_carries_the_id_of_the_request_it_is_written_in() {
        LogRecord record = record("io.flowapi.Some", "x", null);

        String inside = ScopedValue.where(Logs.REQUEST_ID, "mine").call(() -> format(LogFormat.JSON, record));

        assertThat(Json.tree(inside).path("requestId").asText()).isEqualTo("mine");
        assertThat(json(record).has("requestId")).isFalse();
    }

    @Test
    void nothing_that_rules_a_terminal_or_ends_a_line_is_written_as_it_is() {
        LogRecord record = record(HOSTILE, HOSTILE, new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE)));

        String line = format(LogFormat.JSON, record);

        assertThat(line).matches("[\\x20-\\x7e]+\n");
        assertThat(Json.tree(line).path("message").asText()).isEqualTo(HOSTILE.replace('\u007f', '\ufffd'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.flowapi.request", "io.flowapi.audit"})
    void an_event_is_the_object_that_it_is_in_both_formats(String logger) {
        String event = Json.text(Json.tree("{\"requestId\":\"mine\",\"list\":[1,{\"a\":true},null],\"status\":200}"));

        for (LogFormat format : LogFormat.values()) {
            assertThat(format(format, record(logger, event, null))).isEqualTo(event + "\n");
        }
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void an_event_with_hostile_names_and_values_stays_one_harmless_object(LogFormat format) {
        String name = Json.text(HOSTILE + KEY);
        String event = "{" + name + ":" + name + ",\"list\":[" + name + "]}";

        String line = format(format, record("io.flowapi.request", event, null));

        assertThat(line).matches("[\\x20-\\x7e]+\n").doesNotContain(KEY.substring(21));
        assertThat(Json.tree(line).path("list").get(0).asText())
                .startsWith(HOSTILE.replace('\u007f', '\ufffd'))
                .endsWith("flow_live_[redacted]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[1]", "{", "{\"a\":1", "{\"a\":1} {\"b\":2}", "{\"a\":1}x", "{\"a\":\"\n\"}"})
    void an_event_that_is_no_object_becomes_a_line_that_is(String broken) {
        JsonNode line = json(record("io.flowapi.request", broken, null));

        assertThat(line.path("message").asText()).isEqualTo(broken);
        assertThat(line.path("logger").asText()).isEqualTo("io.flowapi.request");
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void a_record_without_a_logger_or_a_message_is_a_line_too(LogFormat format) {
        assertThat(format(format, record(null, null, null))).endsWith("\n").contains("WARNING");
        assertThat(format(format, record("io.flowapi.request", null, null))).endsWith("\n");
    }

    @Test
    void a_field_that_is_named_as_a_secret_is_not_written() {
        String event = "{\"appPassword\":\"hunter2\",\"accessToken\":[\"hunter2\"],\"apiKeyId\":\"0199\"}";

        String line = format(LogFormat.JSON, record("io.flowapi.audit", event, null));

        assertThat(line).doesNotContain("hunter2").contains("\"apiKeyId\":\"0199\"");
    }

    @Test
    void the_id_of_a_request_is_left_as_its_client_chose_it() {
        String id = "0123456789012345678901234567890123456789012345678901234567890123";

        String line = format(LogFormat.JSON, record("io.flowapi.request", "{\"requestId\":\"" + id + "\"}", null));

        assertThat(line).contains(id);
    }

    @Test
    void a_line_is_not_as_long_as_somebody_likes() {
        String long_ = "x y".repeat(100_000);

        assertThat(format(LogFormat.JSON, record("a", long_, new IllegalStateException(long_))))
                .hasSizeLessThan(40_000);
        assertThat(format(LogFormat.TEXT, record("a", long_, new IllegalStateException(long_))))
                .hasSizeLessThan(40_000);
        assertThat(format(LogFormat.JSON, record("io.flowapi.request", "{\"path\":" + Json.text(long_) + "}", null)))
                .hasSizeLessThan(3_000);
    }

    @Test
    void text_for_people_cannot_look_like_another_record() {
        String text = format(LogFormat.TEXT, record("a", HOSTILE + KEY, new IllegalStateException(HOSTILE + KEY)));

        assertThat(text.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("    "));
        assertThat(text)
                .doesNotContain(KEY.substring(21), "\r", "\u001b", "\u0000", "\u0085", "\u009b", "\u2028", "\u202e")
                .contains("a\n    b\n    c\\u001b[31md");
    }

    private static JsonNode json(LogRecord record) {
        return Json.tree(format(LogFormat.JSON, record));
    }

    private static String format(LogFormat format, LogRecord record) {
        return new LineFormatter(format).format(record);
    }

    private static LogRecord record(String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }
}
