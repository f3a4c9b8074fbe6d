package io.flowapi.client.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
public interface Page<T> {

    List<T> data();

    Boolean hasMore();

    /** What the query for the next page names as its {@code cursor}; null on the last page. */
    @Nullable
    String nextCursor();
}
