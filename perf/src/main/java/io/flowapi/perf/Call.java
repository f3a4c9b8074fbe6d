package io.flowapi.perf;

import java.io.IOException;

/** One caller's way to make one post; returns when it is durable. */
@FunctionalInterface
interface Call extends AutoCloseable {

    void make() throws IOException;

    @Override
    default void close() throws IOException {}
}
