package io.flowapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.installation.FirstUser;
import io.flowapi.platform.db.Engine;
import io.flowapi.testing.Answer;
import io.flowapi.testing.Flow;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The secret of a key is shown once and is nowhere afterwards: in no table, in no file, in no log line. */
class SecretsAtRestTest {

    private static final String NAME = "{\"name\":\"CI\"}";

    @Test
    void no_secret_that_was_ever_shown_can_be_found_again() {
        Logger root = Logger.getLogger("");
        List<Logger> streams = List.of(Logger.getLogger("io.flowapi.request"), Logger.getLogger("io.flowapi.audit"));
        LogLines log = new LogLines();
        Flow flow = new Flow();
        root.addHandler(log);
        streams.forEach(stream -> stream.addHandler(log));
        flow.start();
        try {
            List<String> secrets = showSecrets(flow);
            String stored = everythingStored(flow);

            assertThat(secrets).hasSize(9).doesNotHaveDuplicates();
            assertThat(secrets).allSatisfy(secret -> {
                // The public part is there, so this looks in the right place.
                assertThat(stored).contains(publicId(secret));
                assertThat(stored).doesNotContain(secret, secretPart(secret));
                assertThat(log.lines()).isNotEmpty().doesNotContain(secret, secretPart(secret));
            });
        } finally {
            streams.forEach(stream -> stream.removeHandler(log));
            root.removeHandler(log);
            flow.stop();
        }
    }

    private static List<String> showSecrets(Flow flow) {
        List<String> secrets = new ArrayList<>();
        FirstUser first = FirstUser.create(flow.installation()).orElseThrow();
        secrets.add(first.testKey());
        secrets.add(first.liveKey());
        TestCaller alice = flow.user().key(Mode.LIVE);
        secrets.add(alice.key());
        secrets.add(alice.post("/v1/api-keys", NAME).text("secret"));
        secrets.add(alice.post("/v1/api-keys", NAME, "Idempotency-Key", "once").text("secret"));
        alice.post("/v1/api-keys", NAME, "Idempotency-Key", "once").expect(201);
        alice.post("/v1/api-keys", "{\"name\":\"other\"}", "Idempotency-Key", "once")
                .expect(422);
        secrets.addAll(fromTheConsole(flow));
        secrets.forEach(secret -> useAndMisuse(alice.withKey(secret)));
        return secrets;
    }

    private static List<String> fromTheConsole(Flow flow) {
        Shell console = new Shell(flow.environment());
        console.flow("users", "add", "kim");
        String[] create = {"keys", "create", "--user", "kim", "--name", "laptop", "--json"};
        String one = console.flow(create).json().getFirst().path("secret").asText();
        String other = console.flow(create).json().getFirst().path("secret").asText();
        Answer made = flow.nobody().withKey(one).post("/v1/api-keys", NAME, "Idempotency-Key", "once");
        Answer replayed = flow.nobody().withKey(other).post("/v1/api-keys", NAME, "Idempotency-Key", "once");
        assertThat(replayed.text("secret")).isEqualTo(made.text("secret"));
        Answer unlimited = flow.nobody().withKey(other).post("/v1/api-keys", NAME);
        return List.of(one, other, made.text("secret"), unlimited.text("secret"));
    }

    /** Whatever goes wrong with a request that carries a secret, the secret is not written down. */
    private static void useAndMisuse(TestCaller caller) {
        String key = caller.key();
        caller.get("/v1/me").expect(200);
        caller.get("/v1/posts?cursor=" + key).expect(400);
        caller.get("/v1/unknown?key=" + key).expect(404);
        caller.post("/v1/channels", "{\"name\":\"" + key + "\"").expect(400);
        caller.post("/v1/channels", "{\"name\":\"" + key + "\",\"provider\":\"" + key + "\"}")
                .expect(422);
        caller.get("/v1/me", "X-Request-Id", "my " + key).expect(200);
        caller.withKey(key + "x").get("/v1/me").expect(401);
        caller.get("/v1/me", "Idempotency-Key", key).expect(200);
    }

    private static String publicId(String secret) {
        return secret.substring(0, "flow_test_".length() + 10);
    }

    private static String secretPart(String secret) {
        return secret.substring("flow_test_".length() + 11);
    }

    private static String everythingStored(Flow flow) {
        String files = files(flow.directory());
        return flow.installation().database().engine() == Engine.SQLITE ? files : files + rows(flow);
    }

    /** The database file, its write-ahead log, and whatever else lies there. */
    private static String files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1)).append('\n');
            }
            return all.toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String rows(Flow flow) {
        return flow.installation().database().read(tx -> {
            StringBuilder all = new StringBuilder();
            List<String> tables = tx.createQuery("select tablename from pg_tables where schemaname = current_schema()")
                    .mapTo(String.class)
                    .list();
            for (String table : tables) {
                tx.createQuery("select t::text from " + table + " t")
                        .mapTo(String.class)
                        .forEach(row -> all.append(row).append('\n'));
            }
            return all.toString();
        });
    }

    private static final class LogLines extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        LogLines() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
        }

        String lines() {
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
