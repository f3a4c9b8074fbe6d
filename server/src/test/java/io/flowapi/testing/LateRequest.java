package io.flowapi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** A request whose sender hears nothing, and which comes to the upstream when the test lets it: as one that hangs somewhere. */
public final class LateRequest implements Treatment {

    private final URI upstream;
    private volatile byte[] request = {};

    public LateRequest(URI upstream) {
        this.upstream = upstream;
    }

    @Override
    public void treat(Link link) throws IOException {
        request = link.request();
    }

    /** Returns when the upstream has answered. */
    public void arrive() {
        try (Socket socket = new Socket(upstream.getHost(), upstream.getPort())) {
            socket.getOutputStream().write(request);
            socket.getInputStream().readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
