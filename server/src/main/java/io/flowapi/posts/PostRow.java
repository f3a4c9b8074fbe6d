package io.flowapi.posts;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.api.model.Target;
import io.flowapi.api.model.Warning;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.TagFreeText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** A post without its targets. */
record PostRow(
        UUID id,
        String content,
        @Nullable String externalId,
        Map<String, String> metadata,
        PostStatus status,
        List<Warning> warnings,
        @Nullable Instant scheduledAt,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    static PostRow of(RowView row) {
        return new PostRow(
                row.getColumn("id", UUID.class),
                row.getColumn("content", String.class),
                row.getColumn("external_id", String.class),
                metadata(row.getColumn("metadata", String.class)),
                PostStatus.of(row.getColumn("status", String.class)),
                TagFreeText.warnings(row.getColumn("warnings", String.class)),
                row.getColumn("scheduled_at", Instant.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class),
                row.getColumn("version", Integer.class));
    }

    private static Map<String, String> metadata(String json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : Json.tree(json).properties()) {
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        return metadata;
    }

    Post with(List<Target> targets) {
        return new Post(
                id,
                content,
                targets,
                scheduledAt,
                externalId,
                metadata,
                status,
                warnings,
                createdAt,
                updatedAt,
                version);
    }
}
