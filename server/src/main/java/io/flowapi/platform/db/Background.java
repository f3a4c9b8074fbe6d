package io.flowapi.platform.db;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that can wait for a moment. Little of it is with the database at a time, so that requests find room beside a thousand
 * posts of the same second; the rest waits in the order in which it came.
 */
final class Background implements Transactions {

    private final Transactions all;
    private final Semaphore places;

    Background(Transactions all, int places) {
        this.all = all;
        this.places = new Semaphore(places, true);
    }

    @Override
    public <T extends @Nullable Object> T write(Transaction<T> work) {
        places.acquireUninterruptibly();
        try {
            return all.write(work);
        } finally {
            places.release();
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Transaction<T> work) {
        places.acquireUninterruptibly();
        try {
            return all.read(work);
        } finally {
            places.release();
        }
    }

    @Override
    public void writeLater(Transaction<?> work) {
        all.writeLater(work);
    }

    @Override
    public void signal() {
        all.signal();
    }

    @Override
    public void onSignal(Runnable heard) {
        all.onSignal(heard);
    }

    @Override
    public Map<String, IntSupplier> waiting() {
        return all.waiting();
    }

    @Override
    public void close() {
        all.close();
    }
}
