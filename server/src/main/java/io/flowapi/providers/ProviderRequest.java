package io.flowapi.providers;

import java.util.Map;
import java.util.TreeMap;

/**
 * A request to a network as it is sent, but for the credentials, which are added when it leaves, and for what belongs to
 * the connection. What is shown of a request and what is sent are the same value.
 *
 * @param body empty for none
 */
public record ProviderRequest(String method, String url, Map<String, String> headers, String body) {

    /** With the headers that every call of a network's API has; JSON unless the headers say otherwise. */
    public static ProviderRequest of(String method, String url, Map<String, String> headers, String body) {
        Map<String, String> all = new TreeMap<>(headers);
        all.putIfAbsent("Accept", "application/json");
        all.putIfAbsent("User-Agent", "flow-api");
        if (!body.isEmpty()) {
            all.putIfAbsent("Content-Type", "application/json");
        }
        return new ProviderRequest(method, url, all, body);
    }
}
