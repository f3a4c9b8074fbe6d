package io.flowapi.platform.net;

import io.flowapi.platform.net.OutgoingOutcome.Answered;
import io.flowapi.platform.net.OutgoingOutcome.Unsure;
import io.flowapi.platform.net.Verdict.Allowed;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One request and its answer over one new connection, which is closed in every case. */
final class Exchange {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(16 * 1024)
            .build();

    /** They write whole requests, secrets included. Held here because java.util.logging forgets what nobody holds. */
    private static final List<Logger> SILENCED = List.of(
            Logger.getLogger("org.apache.hc.client5.http.wire"),
            Logger.getLogger("org.apache.hc.client5.http.headers"));

    static {
        SILENCED.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final AnswerLimit limit;
    private final TlsSocketStrategy tls;
    private final HttpConnectionFactory<ManagedHttpClientConnection> connections =
            ManagedHttpClientConnectionFactory.builder()
                    .http1Config(LIMITS)
                    .responseParserFactory(otherLimits -> new WholeHeadParser(LIMITS))
                    .build();

    Exchange(AnswerLimit limit, SSLContext trust) {
        this.limit = limit;
        this.tls = new DefaultClientTlsStrategy(trust);
    }

    OutgoingOutcome run(Allowed target, OutgoingRequest request, SendGate gate) throws IOException, HttpException {
        CloseableHttpClient client = client(target, request, gate);
        try {
            var host = new HttpHost(
                    target.uri().getScheme(), target.host(), target.uri().getPort());
            return read(client.executeOpen(host, message(host, target, request), null));
        } finally {
            // A graceful close would first read the rest of an answer that may have no end.
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private CloseableHttpClient client(Allowed target, OutgoingRequest request, SendGate gate) {
        return HttpClients.custom()
                .setConnectionManager(connection(target, request))
                .setRequestExecutor(gate)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setConnectionReuseStrategy((message, answer, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    private BasicHttpClientConnectionManager connection(Allowed target, OutgoingRequest request) {
        var addresses = new VettedAddresses(target);
        // A plain new Socket() would obey the socksProxyHost system property.
        var operator = new DefaultHttpClientConnectionOperator(
                proxy -> new Socket(Proxy.NO_PROXY),
                null,
                addresses,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", tls)
                        .build());
        var connection = new BasicHttpClientConnectionManager(operator, connections);
        connection.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(request.deadline().dividedBy(addresses.count())))
                .build());
        return connection;
    }

    /** The host is given apart from the path: a path that starts with two slashes would be read as another host. */
    private static ClassicHttpRequest message(HttpHost host, Allowed target, OutgoingRequest request) {
        var message = new BasicClassicHttpRequest(request.method(), host, pathAndQuery(target));
        message.addHeader(HttpHeaders.CONNECTION, "close");
        request.headers().forEach(message::addHeader);
        if (request.body().length > 0) {
            message.setEntity(new ByteArrayEntity(request.body(), null));
        }
        return message;
    }

    private static String pathAndQuery(Allowed target) {
        String path = target.uri().getRawPath();
        String query = target.uri().getRawQuery();
        return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private OutgoingOutcome read(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        byte[] body = entity == null ? new byte[0] : entity.getContent().readNBytes(limit.bytesRead());
        if (limit.passed(body)) {
            return new Unsure(Unsure.Reason.OVERSIZED, "The answer was longer than " + limit.bytesMax() + " bytes.");
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : answer.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        return new Answered(answer.getCode(), headers, body);
    }
}
