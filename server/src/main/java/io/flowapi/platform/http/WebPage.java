package io.flowapi.platform.http;

import java.util.Map;
import java.util.function.Function;

/**
 * A page that a person opens in a browser, beside the operations of the document. Nobody shows a key for it: it judges
 * itself who may see it, and throws {@link RefusedException} for the others. No cache keeps it.
 */
public record WebPage(String method, String path, Function<Visit, Reply.Stored> answer) {

    /**
     * A request for a page, each name once.
     *
     * @param form empty where nothing was sent
     */
    public record Visit(
            Map<String, String> query, Map<String, String> form, Map<String, String> cookies, RequestInfo request) {

        @Override
        public String toString() {
            return "Visit[" + request.id() + "]";
        }
    }
}
