package io.flowapi.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/** Holds the data directory; the operating system lets go of it when the process dies, however it dies. */
public final class ServerLock implements AutoCloseable {

    private final FileChannel channel;

    ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }
}
