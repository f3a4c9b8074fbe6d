package io.flowapi.client;

import io.flowapi.client.model.Page;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Every entry of a list. A page is fetched when its first entry is wanted, so stopping early saves the rest. Each
 * iteration starts again.
 */
public final class AutoPager<T> implements Iterable<T> {

    private final @Nullable String start;
    private final Function<@Nullable String, ? extends Page<T>> fetch;

    AutoPager(@Nullable String start, Function<@Nullable String, ? extends Page<T>> fetch) {
        this.start = start;
        this.fetch = fetch;
    }

    @Override
    public Iterator<T> iterator() {
        return new Entries();
    }

    /** The same, as a stream that fetches as lazily. */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    private final class Entries implements Iterator<T> {

        private @Nullable String cursor = start;
        private boolean isLast;
        private Iterator<T> page = Collections.emptyIterator();

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && !isLast) {
                turn();
            }
            return page.hasNext();
        }

        private void turn() {
            Page<T> next = fetch.apply(cursor);
            page = next.data().iterator();
            isLast = !Boolean.TRUE.equals(next.hasMore()) || next.nextCursor() == null;
            // Else a broken server would keep an application here for ever.
            if (!isLast && next.nextCursor().equals(cursor)) {
                throw new FlowException("the server names the same page as the next one");
            }
            cursor = next.nextCursor();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }
}
