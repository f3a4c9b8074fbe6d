package io.flowapi.platform.http;

/** Changes of resources, for tests that call an operation without a request. */
public final class Patches {

    private Patches() {}

    public static <T> MergePatch<T> of(String json, Class<T> type) {
        return new MergePatch<>(Json.tree(json), type);
    }
}
