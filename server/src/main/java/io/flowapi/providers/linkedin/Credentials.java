package io.flowapi.providers.linkedin;

import io.flowapi.platform.http.Json;
import java.util.Map;

/** Who posts on a channel, as LinkedIn names members and organisations. Its tokens are the channel's session. */
record Credentials(String author) {

    static Credentials read(String json) {
        return new Credentials(Json.tree(json).get("author").textValue());
    }

    String json() {
        return Json.text(Map.of("author", author));
    }
}
