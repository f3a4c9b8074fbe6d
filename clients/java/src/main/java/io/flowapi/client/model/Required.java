package io.flowapi.client.model;

import org.jspecify.annotations.Nullable;

/** What every generated builder checks. */
final class Required {

    private Required() {}

    static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException(name + " is required");
        }
        return value;
    }
}
