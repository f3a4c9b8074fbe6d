package io.flowapi.simulation;

import io.flowapi.api.PostsApi;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.ResolveTargetRequest;
import io.flowapi.api.model.UpdatePostRequest;
import io.flowapi.platform.db.DatabaseFailure;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Json;
import io.flowapi.platform.http.Patches;
import io.flowapi.platform.http.Reply;
import io.flowapi.posts.PostsResource;
import io.flowapi.simulation.Snapshot.TargetRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody who makes posts, changes their mind, and believes what they are told. */
final class Customer {

    private static final int CREATIONS_REPEATED_MAX = 3;

    private final String name;
    private final World world;
    private final Judge judge;
    private final PostsResource posts;
    private final Caller caller;
    private final List<UUID> channels;
    private final List<Ledger> ledgers;
    private final List<UUID> own = new ArrayList<>();
    private int wishes;
    private int texts;

    Customer(
            String name,
            World world,
            Judge judge,
            PostsResource posts,
            Caller caller,
            List<UUID> channels,
            List<Ledger> ledgers) {
        this.name = name;
        this.world = world;
        this.judge = judge;
        this.posts = posts;
        this.caller = caller;
        this.channels = channels;
        this.ledgers = ledgers;
        this.wishes = 6 + world.chance().below(12);
    }

    String name() {
        return name;
    }

    /** May be cut off anywhere, and begun again. */
    void live() {
        while (wishes > 0) {
            wishes--;
            world.sleep(
                    world.chance().happens(0.7)
                            ? world.chance().below(500)
                            : world.chance().below(400_000));
            if (own.isEmpty() || world.chance().happens(0.35)) {
                create();
            } else if (world.chance().happens(0.3)) {
                cancel(notOutAtOnce().orElse(world.chance().of(own)));
            } else {
                change(world.chance().of(own));
            }
        }
    }

    private void create() {
        Wish wish = Wish.of(text(), channels, world);
        var call =
                new PostsApi.CreatePostCall(wish.request(), new IdempotencyKey(name + " " + wish.text(), wish.text()));
        for (int run = 0; run < CREATIONS_REPEATED_MAX; run++) {
            Optional<Reply> reply = ask("creates " + wish, () -> posts.createPost(caller, call));
            if (reply.isPresent()) {
                created(reply.get()).ifPresent(post -> {
                    own.add(post);
                    judge.promises().made(post, wish.text());
                });
                return;
            }
        }
    }

    private static Optional<UUID> created(Reply reply) {
        if (reply instanceof Reply.Replayed replayed) {
            String json = new String(replayed.stored().body(), StandardCharsets.UTF_8);
            return Optional.of(UUID.fromString(Json.tree(json).path("id").asText()));
        }
        return reply.body() instanceof Post post ? Optional.of(post.id()) : Optional.empty();
    }

    private String text() {
        return name + " text " + ++texts;
    }

    private void change(UUID post) {
        switch (world.chance().below(6)) {
            case 0 -> edit(post);
            case 1 ->
                ask(
                        "publishes",
                        post,
                        () -> posts.publishPost(caller, new PostsApi.PublishPostCall(post, null, false)));
            case 2, 3 -> ask("retries", post, () -> posts.retryPost(caller, new PostsApi.RetryPostCall(post, null)));
            case 4 -> settle(post);
            default -> delete(post);
        }
    }

    /** Of what did not work the first time people think better. */
    private Optional<UUID> notOutAtOnce() {
        return judge.now().targets().values().stream()
                .filter(target -> target.waits() && target.attempts() > 0 && own.contains(target.post()))
                .map(TargetRow::post)
                .findFirst();
    }

    private void edit(UUID post) {
        String text = text();
        Instant due = world.time().instant().plusMillis(world.chance().below(600_000));
        String json = "{\"content\":\"" + text + "\""
                + (world.chance().happens(0.5) ? ",\"scheduledAt\":\"" + due + "\"" : "") + "}";
        judge.promises().asked(post, text);
        var call = new PostsApi.UpdatePostCall(post, Patches.of(json, UpdatePostRequest.class), null);
        ask("edits to " + text + " of", post, () -> posts.updatePost(caller, call))
                .ifPresent(reply -> {
                    if (good(reply)) {
                        judge.promises().changed(post, text);
                    } else {
                        judge.promises().refused(post, text);
                    }
                });
    }

    private void cancel(UUID post) {
        ask("cancels", post, () -> posts.cancelPost(caller, new PostsApi.CancelPostCall(post, null)))
                .filter(Customer::good)
                .ifPresent(reply -> judge.promises().neverOut(post));
    }

    private void delete(UUID post) {
        // Networks are asked all at once, on threads of their own: with one there is one order.
        boolean everywhere = targets(post).size() == 1 && world.chance().happens(0.5);
        ask(
                        everywhere ? "deletes everywhere" : "deletes",
                        post,
                        () -> posts.deletePost(caller, new PostsApi.DeletePostCall(post, null, everywhere)))
                .filter(Customer::good)
                .ifPresent(reply -> {
                    judge.promises().neverOut(post);
                    own.remove(post);
                });
    }

    /** Says what is true, and only once nobody can be about to change it. */
    private void settle(UUID post) {
        for (TargetRow target : targets(post)) {
            if (target.status().equals("unknown") && world.quiet() && !judge.underWay(target.id())) {
                List<Ledger.Entry> there = ledgers.stream()
                        .flatMap(ledger -> ledger.of(target.id()).stream())
                        .toList();
                String json = there.isEmpty()
                        ? "{\"outcome\":\"failed\"}"
                        : "{\"outcome\":\"published\",\"providerPostId\":\"" + there.getFirst().id + "\"}";
                ResolveTargetRequest decided = Json.bind(Json.tree(json), ResolveTargetRequest.class);
                var call = new PostsApi.ResolveTargetCall(post, target.id(), decided, null);
                ask("settles " + json + " of", post, () -> posts.resolveTarget(caller, call));
                return;
            }
        }
    }

    private List<TargetRow> targets(UUID post) {
        return judge.now().targets().values().stream()
                .filter(target -> target.post().equals(post))
                .toList();
    }

    private Optional<Reply> ask(String what, @Nullable UUID post, Supplier<? extends Reply> call) {
        return ask(what + " " + world.history().name(post), call);
    }

    /** Empty when nobody knows what came of it. */
    private Optional<Reply> ask(String what, Supplier<? extends Reply> call) {
        world.history().add(name, what);
        try {
            Reply reply = call.get();
            world.history().add(name, "is answered " + reply.status());
            return Optional.of(reply);
        } catch (DatabaseFailure failure) {
            world.history().add(name, "is answered 503");
            return Optional.empty();
        }
    }

    private static boolean good(Reply reply) {
        return reply.status() < 300;
    }
}
