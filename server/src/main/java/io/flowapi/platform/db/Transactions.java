package io.flowapi.platform.db;

import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What an engine does; the contract of each method is that of {@link Database}. */
interface Transactions extends AutoCloseable {
    <T extends @Nullable Object> T write(Transaction<T> work);

    <T extends @Nullable Object> T read(Transaction<T> work);

    void writeLater(Transaction<?> work);

    void signal();

    void onSignal(Runnable heard);

    /** How much waits, under the name of what it waits for. */
    Map<String, IntSupplier> waiting();

    @Override
    void close();
}
