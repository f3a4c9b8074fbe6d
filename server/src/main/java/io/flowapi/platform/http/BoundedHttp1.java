package io.flowapi.platform.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** The framework's HTTP/1.1, each connection of it read and written through a {@link ClientConnection}. */
record BoundedHttp1(Connections connections, ServerConnectionSelector http) implements ServerConnectionSelector {

    static BoundedHttp1 of(Connections connections, Http1Config.Builder config) {
        Http1Config listened = config.addReceiveListener(new RequestEvents()).build();
        return new BoundedHttp1(
                connections, Http1ConnectionSelector.builder().config(listened).build());
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        ClientConnection client = new ClientConnection(
                connections, connections.take(context.remotePeer().address()));
        client.serve(http.connection(new BoundedContext(context, client)));
        connections.opened(client);
        return client;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    /** Tells a connection how far its request has been read. */
    private static final class RequestEvents implements Http1ConnectionListener {

        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            ((BoundedContext) context).client().firstLineRead(prologue);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            ((BoundedContext) context).client().headRead(headers);
        }
    }
}
