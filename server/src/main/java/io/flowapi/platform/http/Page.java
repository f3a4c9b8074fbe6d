package io.flowapi.platform.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list, and how to get the next. */
public record Page<T>(
        List<T> data, boolean hasMore, @Nullable String nextCursor) {

    public <R> Page<R> map(Function<T, R> translate) {
        return new Page<>(data.stream().map(translate).toList(), hasMore, nextCursor);
    }
}
