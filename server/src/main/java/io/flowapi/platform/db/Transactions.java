package io.flowapi.platform.db;

import org.jspecify.annotations.Nullable;

/** What an engine does; the contract of each method is that of {@link Database}. */
interface Transactions extends AutoCloseable {
    <T extends @Nullable Object> T write(Transaction<T> work);

    <T extends @Nullable Object> T read(Transaction<T> work);

    void writeLater(Transaction<?> work);

    @Override
    void close();
}
