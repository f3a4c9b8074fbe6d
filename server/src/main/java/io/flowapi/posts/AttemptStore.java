package io.flowapi.posts;

import io.flowapi.api.model.Attempt;
import io.flowapi.api.model.AttemptOutcome;
import io.flowapi.api.model.AttemptResponse;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Position;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/** The attempts table as the API shows it; it is written by {@link SendingStore}. */
public final class AttemptStore {

    private static final int REQUEST_LENGTH_MAX = 16_384;

    /** Newest first, older than the position. */
    List<Attempt> list(Handle tx, UUID post, Position after, int limit) {
        return tx.createQuery("""
                        select a.id, a.target_id, a.number, a.started_at, a.ended_at, a.outcome, a.error,
                               a.request, a.response
                        from attempts a
                        join targets t on t.id = a.target_id
                        where t.post_id = :post and (a.started_at, a.id) < (:startedAt, :id)
                        order by a.started_at desc, a.id desc
                        limit :limit
                        """)
                .bind("post", post)
                .bind("startedAt", after.createdAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .map(AttemptStore::attempt)
                .list();
    }

    private static Attempt attempt(RowView row) {
        return new Attempt(
                row.getColumn("id", UUID.class),
                row.getColumn("target_id", UUID.class),
                row.getColumn("number", Integer.class),
                row.getColumn("started_at", Instant.class),
                row.getColumn("ended_at", Instant.class),
                outcome(row.getColumn("outcome", String.class)),
                TargetStore.error(row.getColumn("error", String.class)),
                Shown.of(row.getColumn("request", String.class), REQUEST_LENGTH_MAX),
                response(row.getColumn("response", String.class)));
    }

    private static @Nullable AttemptResponse response(@Nullable String json) {
        return json == null ? null : Json.bind(Json.tree(json), AttemptResponse.class);
    }

    private static @Nullable AttemptOutcome outcome(@Nullable String word) {
        return word == null ? null : AttemptOutcome.of(word);
    }
}
