package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a {@link CuttingProxy} does with one connection. When it returns, the connection is closed. */
@FunctionalInterface
public interface Treatment {

    void treat(Link link) throws IOException, InterruptedException;

    /** The same, but a connection that is cut ends with a reset instead of an end of stream. */
    default Treatment withReset() {
        return link -> {
            link.endByReset();
            treat(link);
        };
    }

    /** The same, this much later. */
    default Treatment after(Duration delay) {
        return link -> {
            link.request();
            Thread.sleep(delay);
            treat(link);
        };
    }

    /** Another one for each connection, as it is drawn. */
    static Treatment each(Supplier<Treatment> draw) {
        return link -> draw.get().treat(link);
    }

    /** As if there were no proxy. */
    static Treatment forward() {
        return link -> link.answer(link.exchange());
    }

    /** As if there were no proxy; somebody is told of each request, head and body, as it came. */
    static Treatment forward(Consumer<byte[]> requests) {
        return link -> {
            requests.accept(link.request());
            link.answer(link.exchange());
        };
    }

    /** The upstream never hears of it. */
    static Treatment cutAtOnce() {
        return link -> {};
    }

    /** The upstream gets this many bytes of the request, head included, and then an end of stream. */
    static Treatment cutAfterRequestBytes(int bytes) {
        return link -> link.sendUpstream(bytes);
    }

    /** The upstream has done the request and answered; the client hears nothing of it. */
    static Treatment cutBeforeAnswer() {
        return Link::exchange;
    }

    /** The upstream has done the request; the client is treated so, and hears nothing of it. */
    static Treatment afterExchange(Treatment instead) {
        return link -> {
            link.exchange();
            instead.treat(link);
        };
    }

    /** The upstream has done the request and answered; the client gets this many bytes of it. */
    static Treatment cutAfterAnswerBytes(int bytes) {
        return link -> link.answerInPart(link.exchange(), bytes);
    }

    /** Half-open: the upstream never hears of it, and the client waits until it gives up. */
    static Treatment silence() {
        return Link::untilClientGivesUp;
    }

    /** The upstream has done the request, and the client waits until it gives up. */
    static Treatment silenceInsteadOfAnswer() {
        return link -> {
            link.exchange();
            link.untilClientGivesUp();
        };
    }

    /** The answer comes at this speed. */
    static Treatment slowly(int bytesPerSecond) {
        return link -> link.answerSlowly(link.exchange(), bytesPerSecond);
    }

    /** An answer in place of the upstream, with headers such as {@code Retry-After: 7}. */
    static Treatment answer(int status, String json, String... headers) {
        byte[] body = json.getBytes(UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " In Place Of The Upstream\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        return raw(head + new String(body, ISO_8859_1));
    }

    /** Bytes, each a character of this text, that need not be HTTP. */
    static Treatment raw(String bytes) {
        return link -> {
            link.request();
            link.answer(bytes.getBytes(ISO_8859_1));
        };
    }
}
