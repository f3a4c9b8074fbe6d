package io.flowapi.client;

import io.flowapi.client.model.*;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the tag {@code Kites}.
 *
 * <p>Every method throws {@link FlowApiException} when the server refuses and {@link FlowConnectionException} when no
 * answer came, after the retries of {@link FlowClient}.
 */
public final class KitesApi {

    private final WithRawResponse raw;

    KitesApi(Transport transport) {
        this.raw = new WithRawResponse(transport);
    }

    /** The same operations, for a caller that wants the status and the headers of the answer too. */
    public WithRawResponse withRawResponse() {
        return raw;
    }

    /** Make a kite. It does not fly yet. */
    public Kite createKite(CreateKiteRequest createKiteRequest) {
        return createKite(createKiteRequest, RequestOptions.none());
    }

    /** Make a kite. It does not fly yet. */
    public Kite createKite(CreateKiteRequest createKiteRequest, RequestOptions options) {
        return raw.createKite(createKiteRequest, options).value();
    }

    /** Tear a kite apart. */
    public void deleteKite(UUID kiteId) {
        deleteKite(kiteId, DeleteKiteQuery.builder().build());
    }

    /** Tear a kite apart. */
    public void deleteKite(UUID kiteId, RequestOptions options) {
        deleteKite(kiteId, DeleteKiteQuery.builder().build(), options);
    }

    /** Tear a kite apart. */
    public void deleteKite(UUID kiteId, DeleteKiteQuery query) {
        deleteKite(kiteId, query, RequestOptions.none());
    }

    /** Tear a kite apart. */
    public void deleteKite(UUID kiteId, DeleteKiteQuery query, RequestOptions options) {
        raw.deleteKite(kiteId, query, options);
    }

    /** Launch a kite. */
    public Optional<Kite> launchKite(UUID kiteId) {
        return launchKite(kiteId, RequestOptions.none());
    }

    /** Launch a kite. */
    public Optional<Kite> launchKite(UUID kiteId, RequestOptions options) {
        return raw.launchKite(kiteId, options).value();
    }

    /** List kites. */
    public KitePage listKites() {
        return listKites(ListKitesQuery.builder().build());
    }

    /** List kites. */
    public KitePage listKites(RequestOptions options) {
        return listKites(ListKitesQuery.builder().build(), options);
    }

    /** List kites. */
    public KitePage listKites(ListKitesQuery query) {
        return listKites(query, RequestOptions.none());
    }

    /** List kites. */
    public KitePage listKites(ListKitesQuery query, RequestOptions options) {
        return raw.listKites(query, options).value();
    }

    /** List kites: all of them, page after page. */
    public AutoPager<Kite> listKitesAll() {
        return listKitesAll(ListKitesQuery.builder().build());
    }

    /** List kites: all that the query selects, from its cursor on, page after page. */
    public AutoPager<Kite> listKitesAll(ListKitesQuery query) {
        return listKitesAll(query, RequestOptions.none());
    }

    /** List kites: all that the query selects, from its cursor on, page after page, each with these options. */
    public AutoPager<Kite> listKitesAll(ListKitesQuery query, RequestOptions options) {
        return new AutoPager<>(query.cursor, cursor -> listKites(query.toBuilder().cursor(cursor).build(), options));
    }

    /** Repaint a kite. */
    public Kite updateKite(UUID kiteId, String xPainter, UpdateKiteRequest updateKiteRequest) {
        return updateKite(kiteId, xPainter, updateKiteRequest, RequestOptions.none());
    }

    /** Repaint a kite. */
    public Kite updateKite(UUID kiteId, String xPainter, UpdateKiteRequest updateKiteRequest, RequestOptions options) {
        return raw.updateKite(kiteId, xPainter, updateKiteRequest, options).value();
    }

    /** The operations of {@link KitesApi}, with the whole answer. */
    public static final class WithRawResponse {

        private final Transport transport;

        private WithRawResponse(Transport transport) {
            this.transport = transport;
        }

        /** Make a kite. */
        public FlowResponse<Kite> createKite(CreateKiteRequest createKiteRequest) {
            return createKite(createKiteRequest, RequestOptions.none());
        }

        /** Make a kite. */
        public FlowResponse<Kite> createKite(CreateKiteRequest createKiteRequest, RequestOptions options) {
            Call call = new Call("POST", "/v1/kites")
                    .authenticated()
                    .body("application/json", createKiteRequest)
                    .idempotent();
            return transport.send(call, options, Kite.class);
        }

        /** Tear a kite apart. */
        public FlowResponse<Void> deleteKite(UUID kiteId) {
            return deleteKite(kiteId, DeleteKiteQuery.builder().build());
        }

        /** Tear a kite apart. */
        public FlowResponse<Void> deleteKite(UUID kiteId, RequestOptions options) {
            return deleteKite(kiteId, DeleteKiteQuery.builder().build(), options);
        }

        /** Tear a kite apart. */
        public FlowResponse<Void> deleteKite(UUID kiteId, DeleteKiteQuery query) {
            return deleteKite(kiteId, query, RequestOptions.none());
        }

        /** Tear a kite apart. */
        public FlowResponse<Void> deleteKite(UUID kiteId, DeleteKiteQuery query, RequestOptions options) {
            Call call = new Call("DELETE", "/v1/kites/{kiteId}")
                    .authenticated()
                    .path("kiteId", kiteId)
                    .query("force", query.force);
            return transport.send(call, options);
        }

        /** Launch a kite. */
        public FlowResponse<Optional<Kite>> launchKite(UUID kiteId) {
            return launchKite(kiteId, RequestOptions.none());
        }

        /** Launch a kite. */
        public FlowResponse<Optional<Kite>> launchKite(UUID kiteId, RequestOptions options) {
            Call call = new Call("POST", "/v1/kites/{kiteId}/launch")
                    .authenticated()
                    .path("kiteId", kiteId)
                    .idempotent();
            return transport.sendIfAny(call, options, Kite.class);
        }

        /** List kites. */
        public FlowResponse<KitePage> listKites() {
            return listKites(ListKitesQuery.builder().build());
        }

        /** List kites. */
        public FlowResponse<KitePage> listKites(RequestOptions options) {
            return listKites(ListKitesQuery.builder().build(), options);
        }

        /** List kites. */
        public FlowResponse<KitePage> listKites(ListKitesQuery query) {
            return listKites(query, RequestOptions.none());
        }

        /** List kites. */
        public FlowResponse<KitePage> listKites(ListKitesQuery query, RequestOptions options) {
            Call call = new Call("GET", "/v1/kites")
                    .authenticated()
                    .query("colour", query.colour)
                    .query("madeAfter", query.madeAfter)
                    .query("limit", query.limit)
                    .query("cursor", query.cursor);
            return transport.send(call, options, KitePage.class);
        }

        /** Repaint a kite. */
        public FlowResponse<Kite> updateKite(UUID kiteId, String xPainter, UpdateKiteRequest updateKiteRequest) {
            return updateKite(kiteId, xPainter, updateKiteRequest, RequestOptions.none());
        }

        /** Repaint a kite. */
        public FlowResponse<Kite> updateKite(UUID kiteId, String xPainter, UpdateKiteRequest updateKiteRequest, RequestOptions options) {
            Call call = new Call("PATCH", "/v1/kites/{kiteId}")
                    .authenticated()
                    .path("kiteId", kiteId)
                    .header("X-Painter", xPainter)
                    .body("application/merge-patch+json", updateKiteRequest)
                    .takes("X-Weather");
            return transport.send(call, options, Kite.class);
        }
    }

    /** The optional query parameters of {@code deleteKite}. */
    public static final class DeleteKiteQuery {
        private final @Nullable Boolean force;

        private DeleteKiteQuery(Builder builder) {
            this.force = builder.force;
        }

        public static Builder builder() {
            return new Builder();
        }

        /** A builder that starts from these values, for the next page say. */
        public Builder toBuilder() {
            Builder builder = new Builder();
            builder.force = force;
            return builder;
        }

        public static final class Builder {
            private @Nullable Boolean force;

            private Builder() {}

            /** Even if it flies. */
            public Builder force(@Nullable Boolean force) {
                this.force = force;
                return this;
            }

            public DeleteKiteQuery build() {
                return new DeleteKiteQuery(this);
            }
        }
    }

    /** The optional query parameters of {@code listKites}. */
    public static final class ListKitesQuery {
        private final @Nullable Colour colour;
        private final @Nullable Instant madeAfter;
        private final @Nullable Integer limit;
        private final @Nullable String cursor;

        private ListKitesQuery(Builder builder) {
            this.colour = builder.colour;
            this.madeAfter = builder.madeAfter;
            this.limit = builder.limit;
            this.cursor = builder.cursor;
        }

        public static Builder builder() {
            return new Builder();
        }

        /** A builder that starts from these values, for the next page say. */
        public Builder toBuilder() {
            Builder builder = new Builder();
            builder.colour = colour;
            builder.madeAfter = madeAfter;
            builder.limit = limit;
            builder.cursor = cursor;
            return builder;
        }

        public static final class Builder {
            private @Nullable Colour colour;
            private @Nullable Instant madeAfter;
            private @Nullable Integer limit;
            private @Nullable String cursor;

            private Builder() {}

            /** Only kites of this colour. */
            public Builder colour(@Nullable Colour colour) {
                this.colour = colour;
                return this;
            }

            /** Only kites made after this time. */
            public Builder madeAfter(@Nullable Instant madeAfter) {
                this.madeAfter = madeAfter;
                return this;
            }

            /** How many entries a page holds at most. */
            public Builder limit(@Nullable Integer limit) {
                this.limit = limit;
                return this;
            }

            /** The `nextCursor` of the page before. */
            public Builder cursor(@Nullable String cursor) {
                this.cursor = cursor;
                return this;
            }

            public ListKitesQuery build() {
                return new ListKitesQuery(this);
            }
        }
    }
}
