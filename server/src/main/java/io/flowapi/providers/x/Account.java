package io.flowapi.providers.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whose channel it is: what the channel's credentials hold, beside its tokens. */
record Account(String id, String username) {

    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,50}");

    /** As X describes a user; empty when it is no description of one. */
    static Optional<Account> of(JsonNode user) {
        String id = user.path("id").asText("");
        String username = user.path("username").asText("");
        return isId(id) && USERNAME.matcher(username).matches()
                ? Optional.of(new Account(id, username))
                : Optional.empty();
    }

    /** Of users and of posts. */
    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static Account read(String json) {
        JsonNode tree = Json.tree(json);
        return new Account(tree.get("account").textValue(), tree.get("username").textValue());
    }

    String json() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("account", id);
        members.put("username", username);
        return Json.text(members);
    }

    /** Where a post of the account is shown. X goes by the number: it stays right when the account is renamed. */
    String urlOf(String post) {
        return "https://x.com/" + username + "/status/" + post;
    }
}
