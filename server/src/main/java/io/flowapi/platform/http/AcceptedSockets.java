package io.flowapi.platform.http;

import io.helidon.common.socket.SocketOptions;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sees each socket as it is accepted: the one place where the framework shows it. What comes after knows only how to read
 * for ever and how to close both directions at once.
 */
record AcceptedSockets(SocketOptions options, Connections connections) implements SocketOptions {

    /** An exception closes the socket at once, without a thread having been made for it. */
    @Override
    public void configureSocket(SocketChannel socket) {
        options.configureSocket(socket);
        if (!connections.admit(socket)) {
            throw new IllegalStateException("too many connections");
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
