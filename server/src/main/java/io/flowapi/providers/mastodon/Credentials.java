package io.flowapi.providers.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Service;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a channel was connected with.
 *
 * @param account the number of the account on its instance
 */
record Credentials(Service instance, String accessToken, String account) {

    static Credentials read(String json) {
        JsonNode tree = Json.tree(json);
        return new Credentials(
                new Service(tree.get("instanceUrl").textValue()),
                tree.get("accessToken").textValue(),
                tree.get("account").textValue());
    }

    String json() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("instanceUrl", instance.origin());
        members.put("accessToken", accessToken);
        members.put("account", account);
        return Json.text(members);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
