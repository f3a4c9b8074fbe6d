package io.flowapi.providers.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Service;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a channel was connected with. The DID is the account; a handle may belong to somebody else tomorrow. */
record Credentials(Service service, String identifier, String appPassword, String did) {

    static Credentials read(String json) {
        JsonNode tree = Json.tree(json);
        return new Credentials(
                new Service(tree.get("service").textValue()),
                tree.get("identifier").textValue(),
                tree.get("appPassword").textValue(),
                tree.get("did").textValue());
    }

    String json() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("service", service.origin());
        members.put("identifier", identifier);
        members.put("appPassword", appPassword);
        members.put("did", did);
        return Json.text(members);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
