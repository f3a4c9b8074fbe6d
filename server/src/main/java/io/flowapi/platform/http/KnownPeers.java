package io.flowapi.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps who is on the other side where {@link ProtocolProblems} finds it: Helidon tells it of the request only. A connection
 * is made and served on one thread of its own, so that thread knows no other.
 */
record KnownPeers(ServerConnectionSelector connections) implements ServerConnectionSelector {

    private static final ThreadLocal<PeerInfo> PEER = new ThreadLocal<>();

    /** The other side of the connection that this thread serves. */
    static Optional<PeerInfo> current() {
        return Optional.ofNullable(PEER.get());
    }

    @Override
    public int bytesToIdentifyConnection() {
        return connections.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return connections.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return connections.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext connection) {
        PEER.set(connection.remotePeer());
        return connections.connection(connection);
    }
}
