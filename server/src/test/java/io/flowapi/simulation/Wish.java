package io.flowapi.simulation;

import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.platform.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A post that somebody wants: with this text, then, somewhere. */
record Wish(String text, String when, CreatePostRequest request) {

    static Wish of(String text, List<UUID> channels, World world) {
        Instant due = world.time().instant().plusMillis(world.chance().between(-30_000, 900_000));
        String when = switch (world.chance().below(4)) {
            case 0 -> "";
            case 1 -> ",\"scheduledAt\":\"" + due + "\"";
            default -> ",\"publishNow\":true";
        };
        List<UUID> chosen =
                channels.stream().filter(channel -> world.chance().happens(0.6)).toList();
        List<String> targets = (chosen.isEmpty() ? channels : chosen)
                .stream().map(channel -> "{\"channelId\":\"" + channel + "\"}").toList();
        String json = "{\"content\":\"" + text + "\",\"targets\":" + targets + when + "}";
        return new Wish(text, when, Json.bind(Json.tree(json), CreatePostRequest.class));
    }

    @Override
    public String toString() {
        return text + when;
    }
}
