package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.model.UpdatePostRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not set stays, and what is set to null is removed. */
class MergePatchTest {

    private static String json(UpdatePostRequest.Builder change) {
        return new String(Json.bytes(change.build()), StandardCharsets.UTF_8);
    }

    @Test
    void says_nothing_of_what_is_not_set() {
        assertThat(json(UpdatePostRequest.builder().content("New"))).isEqualTo("{\"content\":\"New\"}");
    }

    @Test
    void sets_what_has_a_value() {
        assertThat(json(UpdatePostRequest.builder().scheduledAt(FakeTiming.START)))
                .isEqualTo("{\"scheduledAt\":\"2026-11-23T09:30:00Z\"}");
    }

    @Test
    void removes_what_is_null() {
        assertThat(json(UpdatePostRequest.builder()
                        .scheduledAt(null)
                        .externalId(null)
                        .metadata(null)))
                .isEqualTo("{\"scheduledAt\":null,\"externalId\":null,\"metadata\":null}");
    }

    @Test
    void removes_one_key_of_a_map() {
        assertThat(json(UpdatePostRequest.builder()
                        .metadata(null)
                        .putMetadata("old", null)
                        .putMetadata("new", "1")))
                .isEqualTo("{\"metadata\":{\"new\":\"1\",\"old\":null}}");
    }

    @Test
    void does_not_change_with_the_map_it_was_made_from() {
        Map<String, String> metadata = new HashMap<>(Map.of("a", "1"));
        UpdatePostRequest.Builder change = UpdatePostRequest.builder().metadata(metadata);
        UpdatePostRequest before = change.build();

        metadata.clear();
        change.putMetadata("b", "2");

        assertThat(before.toString()).contains("metadata={a=1}");
    }

    @Test
    void is_read_as_it_was_written() throws Exception {
        UpdatePostRequest change = UpdatePostRequest.builder()
                .scheduledAt(FakeTiming.START)
                .putMetadata("a", null)
                .build();

        assertThat(Json.read(Json.text(Json.bytes(change)), UpdatePostRequest.class))
                .isEqualTo(change);
    }
}
