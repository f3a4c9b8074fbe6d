package io.flowapi.api;

import io.flowapi.api.model.*;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Input;
import io.flowapi.platform.http.MergePatch;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of the tag {@code Kites}, as the document declares them. */
public interface KitesApi {

    /** Make a kite. */
    CreateKiteReply createKite(Caller caller, CreateKiteCall call);

    /** Tear a kite apart. */
    DeleteKiteReply deleteKite(Caller caller, DeleteKiteCall call);

    /** Launch a kite. */
    LaunchKiteReply launchKite(Caller caller, LaunchKiteCall call);

    /** List kites. */
    ListKitesReply listKites(Caller caller, ListKitesCall call);

    /** Repaint a kite. */
    UpdateKiteReply updateKite(Caller caller, UpdateKiteCall call);

    /** What the router needs to know of each operation. */
    static List<Operation> operations(KitesApi api) {
        return List.of(
                new Operation("createKite", "POST", "/v1/kites", true, true, Scope.of("kites:write"), "kite-making",
                        (caller, input) -> api.createKite(caller, CreateKiteCall.of(input))),
                new Operation("deleteKite", "DELETE", "/v1/kites/{kiteId}", false, true, null, null,
                        (caller, input) -> api.deleteKite(caller, DeleteKiteCall.of(input))),
                new Operation("launchKite", "POST", "/v1/kites/{kiteId}/launch", false, true, null, null,
                        (caller, input) -> api.launchKite(caller, LaunchKiteCall.of(input))),
                new Operation("listKites", "GET", "/v1/kites", false, true, Scope.of("kites:read"), null,
                        (caller, input) -> api.listKites(caller, ListKitesCall.of(input))),
                new Operation("updateKite", "PATCH", "/v1/kites/{kiteId}", true, true, Scope.of("kites:write"), null,
                        (caller, input) -> api.updateKite(caller, UpdateKiteCall.of(input)))
        );
    }

    /** The typed request of {@code createKite}. */
    record CreateKiteCall(
            CreateKiteRequest body,
            @Nullable IdempotencyKey idempotencyKey
    ) {
        static CreateKiteCall of(Input input) {
            return new CreateKiteCall(
                    input.body(CreateKiteRequest.class),
                    input.idempotencyKey()
            );
        }
    }

    /** Every answer {@code createKite} may decide on; what all operations share is decided before it is called. */
    sealed interface CreateKiteReply extends Reply {

        /** The kite. */
        record R201(Kite body, String location) implements CreateKiteReply {
            @Override
            public int status() {
                return 201;
            }

            @Override
            public Map<String, String> headers() {
                return Map.of("Location", location);
            }
        }

        /** JSON that breaks a rule. */
        record R422(Refusal refusal) implements CreateKiteReply, Reply.Refused {
            public R422 {
                refusal.expect(422);
            }
        }

        /** The stored answer to an earlier request with the same Idempotency-Key. */
        record Replayed(Stored stored) implements CreateKiteReply, Reply.Replayed {}
    }

    /** The typed request of {@code deleteKite}. */
    record DeleteKiteCall(
            UUID kiteId,
            Boolean force
    ) {
        static DeleteKiteCall of(Input input) {
            return new DeleteKiteCall(
                    input.path("kiteId", UUID.class),
                    input.query("force", Boolean.class, false)
            );
        }
    }

    /** Every answer {@code deleteKite} may decide on; what all operations share is decided before it is called. */
    sealed interface DeleteKiteReply extends Reply {

        /** Gone. */
        record R204() implements DeleteKiteReply {
            @Override
            public int status() {
                return 204;
            }
        }

        /** There is no such thing. */
        record R404(Refusal refusal) implements DeleteKiteReply, Reply.Refused {
            public R404 {
                refusal.expect(404);
            }
        }

        /** The state forbids it. */
        record R409(Refusal refusal) implements DeleteKiteReply, Reply.Refused {
            public R409 {
                refusal.expect(409);
            }
        }
    }

    /** The typed request of {@code launchKite}. */
    record LaunchKiteCall(
            UUID kiteId,
            @Nullable IdempotencyKey idempotencyKey
    ) {
        static LaunchKiteCall of(Input input) {
            return new LaunchKiteCall(
                    input.path("kiteId", UUID.class),
                    input.idempotencyKey()
            );
        }
    }

    /** Every answer {@code launchKite} may decide on; what all operations share is decided before it is called. */
    sealed interface LaunchKiteReply extends Reply {

        /** It flew away. */
        record R204() implements LaunchKiteReply {
            @Override
            public int status() {
                return 204;
            }
        }

        /** The kite, in the air. */
        record R200(Kite body) implements LaunchKiteReply {
            @Override
            public int status() {
                return 200;
            }
        }

        /** The state forbids it. */
        record R409(Refusal refusal) implements LaunchKiteReply, Reply.Refused {
            public R409 {
                refusal.expect(409);
            }
        }

        /** The stored answer to an earlier request with the same Idempotency-Key. */
        record Replayed(Stored stored) implements LaunchKiteReply, Reply.Replayed {}
    }

    /** The typed request of {@code listKites}. */
    record ListKitesCall(
            @Nullable Colour colour,
            @Nullable Instant madeAfter,
            Integer limit,
            @Nullable String cursor
    ) {
        static ListKitesCall of(Input input) {
            return new ListKitesCall(
                    input.query("colour", Colour.class),
                    input.query("madeAfter", Instant.class),
                    input.query("limit", Integer.class, 20),
                    input.query("cursor", String.class)
            );
        }
    }

    /** Every answer {@code listKites} may decide on; what all operations share is decided before it is called. */
    sealed interface ListKitesReply extends Reply {

        /** A page of kites. */
        record R200(KitePage body) implements ListKitesReply {
            @Override
            public int status() {
                return 200;
            }
        }
    }

    /** The typed request of {@code updateKite}. */
    record UpdateKiteCall(
            UUID kiteId,
            String xPainter,
            UpdateKiteRequest body,
            @Nullable String xWeather
    ) {
        static UpdateKiteCall of(Input input) {
            return new UpdateKiteCall(
                    input.path("kiteId", UUID.class),
                    input.header("X-Painter", String.class),
                    input.body(UpdateKiteRequest.class),
                    input.header("X-Weather", String.class)
            );
        }
    }

    /** Every answer {@code updateKite} may decide on; what all operations share is decided before it is called. */
    sealed interface UpdateKiteReply extends Reply {

        /** The repainted kite. */
        record R200(Kite body) implements UpdateKiteReply {
            @Override
            public int status() {
                return 200;
            }
        }

        /** There is no such thing. */
        record R404(Refusal refusal) implements UpdateKiteReply, Reply.Refused {
            public R404 {
                refusal.expect(404);
            }
        }
    }
}
