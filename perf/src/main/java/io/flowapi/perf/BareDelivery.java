package io.flowapi.perf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What a delivery costs with nothing around it: one request over a connection of its own, as the server makes them. */
record BareDelivery(int port, byte[] request) implements Call {

    /** As long as an event with its headers. */
    static BareDelivery to(TimedReceiver receiver) {
        String body = "x".repeat(700);
        String head =
                "POST /counted HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "webhook-signature: " + "x".repeat(47) + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return new BareDelivery(receiver.port(), (head + body).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void make() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            socket.getInputStream().readAllBytes();
        }
    }

    @Override
    public void close() {}
}
