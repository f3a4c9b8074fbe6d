package io.flowapi.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.testing.Answer;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import io.flowapi.testing.TestBrowser;
import io.flowapi.testing.TestCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links, states, codes, verifiers, cookies and tokens are in no log line, no answer that is not theirs and no file. */
class ConnectionSecretsTest {

    private static final Pattern SECRET = Pattern.compile("(?:request|state|code)=([^&\"]+)");

    private static final FakeOAuth network =
            Owners.network(() -> ConnectionSecretsTest.flow.clock().instant());

    private static final Flow flow = new Flow(Owners.settings(network));

    @Test
    void no_secret_of_a_connection_is_written_down() {
        Lines lines = new Lines();
        List<Logger> loggers = Stream.of("", "io.flowapi.request", "io.flowapi.audit")
                .map(Logger::getLogger)
                .toList();
        loggers.forEach(logger -> logger.addHandler(lines));
        flow.start();
        try {
            List<String> secrets = new ArrayList<>();
            TestCaller application = Owners.application(flow);
            connect(application, secrets);
            refuse(application, secrets);
            secrets.addAll(network.secrets());
            String told = application.get("/v1/events").text()
                    + application.get("/v1/audit-entries").text()
                    + application.get("/v1/channels").text();

            assertThat(secrets).hasSizeGreaterThan(15).doesNotContain("");
            assertThat(lines.text()).contains("/oauth/callback/x", "/oauth/connect", "startChannelConnection");
            assertThat(secrets)
                    .allSatisfy(secret -> assertThat(lines.text() + told).doesNotContain(secret));
            String stored = stored(flow.directory());
            assertThat(secrets).allSatisfy(secret -> assertThat(stored).doesNotContain(secret));
        } finally {
            loggers.forEach(logger -> logger.removeHandler(lines));
            flow.stop();
            network.close();
        }
    }

    private static void connect(TestCaller application, List<String> secrets) {
        TestBrowser browser = new TestBrowser(flow);
        String link = application
                .post("/v1/channels/connections", Owners.request(), "Idempotency-Key", "its-answer-is-kept")
                .expect(201)
                .text("authorizationUrl");
        secrets(link, secrets);
        Answer page = browser.open(link);
        secrets(TestBrowser.form(page), secrets);
        secrets.addAll(browser.cookies().values());
        Answer onward = browser.press(page, "connect");
        String back = browser.follow(onward).header("Location");
        secrets(back, secrets);
        browser.open(back).expect(303);
    }

    /** Whatever goes wrong, at the network and here. */
    private static void refuse(TestCaller application, List<String> secrets) {
        TestBrowser browser = new TestBrowser(flow);
        network.nextAnswers(500, "{}");
        String back = Owners.callback(browser, Owners.start(application));
        secrets(back, secrets);
        browser.open(back).expect(303);
        browser.open(back).expect(400);
        String other = Owners.callback(browser, Owners.start(application));
        secrets(other, secrets);
        new TestBrowser(flow).open(other).expect(400);
        browser.send("PUT", other, "").expect(405);
        browser.open(other + "&state=again").expect(400);
        browser.open(other.replace("callback/x", "callback/y")).expect(404);
        flow.installation().database().write(tx -> tx.execute("alter table channel_connections rename to gone"));
        browser.open(other).expect(500);
        flow.installation().database().write(tx -> tx.execute("alter table gone rename to channel_connections"));
    }

    private static void secrets(String text, List<String> secrets) {
        Matcher secret = SECRET.matcher(text);
        while (secret.find()) {
            secrets.add(secret.group(1));
        }
    }

    private static String stored(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1));
            }
            return all.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Lines extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Lines() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
        }

        String text() {
            return String.join("\n", lines);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(getFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
