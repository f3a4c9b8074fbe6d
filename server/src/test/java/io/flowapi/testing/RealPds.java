package io.flowapi.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real Bluesky server on loopback, with its own directory of accounts; nothing leaves this machine. Stopped, killed or
 * suspended it keeps its port and its data.
 */
public final class RealPds implements AutoCloseable {

    private static final int PAGE = 100;
    private static final int PAGES_MAX = 1000;
    private static final String POSTS = "app.bsky.feed.post";
    private static final String PASSWORD = "the password of the account";
    private static final AtomicInteger HANDLES = new AtomicInteger();

    private final Path folder = PdsInstall.folder();
    private final Path data = freshData();
    private final Thread ender = new Thread(this::end);
    private final NodeProcess plc;
    private final List<String> options;
    private final URI url;
    private final Xrpc xrpc;
    private NodeProcess pds;

    /** Who posts. The token is of a login with the account's own password, which may make app passwords. */
    public record Account(String handle, String did, String password, String token) {}

    /** A post as it stands in the account. */
    public record Post(String uri, String cid, String text, String createdAt, List<Facet> facets) {}

    /**
     * A part of a post that can be clicked, by its place in the bytes of the text.
     *
     * @param kind {@code link}, {@code mention} or {@code tag}
     * @param value the URL, the DID or the tag
     */
    public record Facet(int byteStart, int byteEnd, String kind, String value) {}

    private RealPds(List<String> extra) {
        Runtime.getRuntime().addShutdownHook(ender);
        plc = run(List.of("plc"));
        options = new ArrayList<>(List.of("pds", "--plc", plc.url("plc"), "--data", data.toString()));
        options.addAll(extra);
        pds = run(options);
        url = URI.create(pds.url("pds"));
        options.addAll(List.of("--port", String.valueOf(url.getPort())));
        xrpc = new Xrpc(url);
    }

    /** Why there cannot be one here, in a sentence. */
    public static Optional<String> unavailable() {
        return Availability.WHY_NOT;
    }

    /** Skips the test where there cannot be one, unless {@code -Dflow.require=pds} asks for it. */
    public static void skipWithout() {
        boolean required =
                List.of(System.getProperty("flow.require", "").split(",")).contains("pds");
        unavailable().ifPresent(why -> assumeTrue(required, why));
    }

    /** The one of this JVM, with the rate limits of the real ones. A test that stops it starts it again. */
    public static RealPds shared() {
        return Shared.SERVER;
    }

    /** One more, with options of pds.js: {@code --rate-limits off}, {@code --did-doc off}, {@code --public-url URL}. */
    public static RealPds with(String... options) {
        return new RealPds(List.of(options));
    }

    /** A handle that no test of this JVM uses. */
    public static String freshHandle() {
        return "user-" + HANDLES.incrementAndGet() + ".test";
    }

    public URI url() {
        return url;
    }

    /** The handle is a name of 3 to 18 letters, digits and hyphens, and {@code .test}. */
    public Account createAccount(String handle) {
        PlainJson.Value made = xrpc.call(
                "com.atproto.server.createAccount",
                "",
                PlainJson.object("handle", handle, "email", handle + "@flow.test", "password", PASSWORD));
        return new Account(
                handle, made.at("did").text(), PASSWORD, made.at("accessJwt").text());
    }

    /** The password. Each name once: a second one of the same name is refused. */
    public String createAppPassword(Account account, String name) {
        String json = PlainJson.object("name", name);
        return xrpc.call("com.atproto.server.createAppPassword", account.token(), json)
                .at("password")
                .text();
    }

    public void revokeAppPassword(Account account, String name) {
        xrpc.call("com.atproto.server.revokeAppPassword", account.token(), PlainJson.object("name", name));
    }

    public void deactivate(Account account) {
        xrpc.call("com.atproto.server.deactivateAccount", account.token(), "{}");
    }

    public void delete(Account account) {
        xrpc.callAsAdmin("com.atproto.admin.deleteAccount", PlainJson.object("did", account.did()));
    }

    /** An access token that was good until a minute ago. */
    public String expiredToken(Account account) {
        Instant expired = Instant.now().minus(Duration.ofMinutes(1));
        return PdsTokens.accessToken(account.did(), expired.minus(Duration.ofHours(2)), expired);
    }

    /** All posts in the account, by their keys, the last one first. */
    public List<Post> listPosts(String did) {
        List<Post> posts = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            PlainJson.Value answer = xrpc.query(
                    "com.atproto.repo.listRecords",
                    "repo",
                    did,
                    "collection",
                    POSTS,
                    "limit",
                    String.valueOf(PAGE),
                    "cursor",
                    cursor);
            answer.at("records").items().forEach(record -> posts.add(post(record)));
            cursor = answer.at("cursor").text();
            if (cursor.isEmpty()) {
                return posts;
            }
        }
        throw new IllegalStateException("more posts than " + PAGE * PAGES_MAX);
    }

    private static Post post(PlainJson.Value record) {
        PlainJson.Value value = record.at("value");
        return new Post(
                record.at("uri").text(),
                record.at("cid").text(),
                value.at("text").text(),
                value.at("createdAt").text(),
                value.at("facets").items().stream().map(RealPds::facet).toList());
    }

    private static Facet facet(PlainJson.Value facet) {
        PlainJson.Value feature = facet.at("features").items().getFirst();
        String kind = feature.at("$type").text().replaceFirst(".*#", "");
        String value = feature.at(kind.equals("link") ? "uri" : kind.equals("mention") ? "did" : "tag")
                .text();
        return new Facet(place(facet, "byteStart"), place(facet, "byteEnd"), kind, value);
    }

    private static int place(PlainJson.Value facet, String end) {
        return Integer.parseInt(facet.at("index").at(end).text());
    }

    /** SIGTERM; returns when it is gone. */
    public void stop() {
        pds.stop();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        pds.kill();
    }

    /** Starts it again after a stop or a kill; its rate limits begin anew. */
    public void start() {
        pds = run(options);
    }

    /** It takes connections and never answers, until resumed. */
    public void suspend() {
        pds.suspend();
    }

    public void resume() {
        pds.resume();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(ender);
    }

    private NodeProcess run(List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(PdsInstall.sources().resolve("pds.js").toString()));
        command.addAll(arguments);
        return NodeProcess.start(folder, data.resolve("log.txt"), command);
    }

    private static Path freshData() {
        try {
            return Files.createTempDirectory(Files.createDirectories(PdsInstall.target()), "data-");
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void end() {
        Stream.of(pds, plc).filter(process -> process != null).forEach(NodeProcess::kill);
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static final class Availability {
        static final Optional<String> WHY_NOT = PdsInstall.unavailable();
    }

    private static final class Shared {
        static final RealPds SERVER = new RealPds(List.of());
    }
}
