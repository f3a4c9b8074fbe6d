package io.flowapi.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowapi.api.model.Mode;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.ChannelSecretStore;
import io.flowapi.providers.ChannelSecretStore.Secrets;
import io.flowapi.testing.Answer;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.TestCaller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A user with a channel on a real Bluesky server, behind a proxy that fails as told. */
final class TroubledNetwork implements AutoCloseable {

    static final String WAIT = "Nothing: it is tried again.";
    static final String LIMITED = "Nothing: it is sent again when the server allows it.";

    private static final int ROUNDS_MAX = 60;
    private static final Set<String> UNSETTLED = Set.of("publishing", "scheduled");
    private static final String NOBODY = "http://no-such-host.example.com";

    final RealPds pds = RealPds.shared();
    final CuttingProxy proxy = CuttingProxy.before(pds.url());
    final RealPds.Account account = pds.createAccount(RealPds.freshHandle());
    final String password = pds.createAppPassword(account, "flow");
    final TestCaller alice;

    private final Flow flow;
    private final ChannelSecretStore store;
    private String channel;

    private TroubledNetwork(Flow flow) {
        this.flow = flow;
        this.store = new ChannelSecretStore(flow.installation().vault());
        this.alice = flow.user().key(Mode.LIVE);
    }

    /** Nothing is connected yet. */
    static TroubledNetwork unconnected(Flow flow) {
        return new TroubledNetwork(flow);
    }

    /** The channel's calls pass the proxy. */
    static TroubledNetwork connected(Flow flow) {
        TroubledNetwork network = new TroubledNetwork(flow);
        network.connect(network.proxy.url(), network.password).created();
        return network;
    }

    /** Asks for a channel; when there is one, what is published from now on goes out on it. */
    Answer connect(URI service, String password) {
        Answer answer = alice.post(
                "/v1/channels",
                Json.text(
                        Map.of("name", "News", "provider", "bluesky", "credentials", credentials(service, password))));
        channel = answer.status() == 201 ? answer.text("id") : channel;
        return answer;
    }

    Map<String, String> credentials(URI service, String password) {
        return Map.of("service", service.toString(), "identifier", account.handle(), "appPassword", password);
    }

    String channel() {
        return channel;
    }

    String publishNow(String text) {
        return alice.publishNow(channel, text);
    }

    String channelStatus() {
        return alice.get("/v1/channels/" + channel).ok().path("status").asText();
    }

    /** The post's only target, when all that is due has been done. */
    JsonNode afterDueJobs(String post) {
        flow.runDueJobs();
        return target(post);
    }

    JsonNode target(String post) {
        return alice.getPost(post).at("/targets/0");
    }

    /** The post's only target, when nothing will happen to it any more. */
    JsonNode settled(String post) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            flow.runDueJobs();
            if (!UNSETTLED.contains(alice.getPost(post).path("status").asText())) {
                return target(post);
            }
            flow.clock().advance(Duration.ofMinutes(1));
        }
        throw new AssertionError("not settled: " + alice.getPost(post));
    }

    /** What the API says of a target, such as {@code failed: auth_expired credentials_refused 401, final. Remedy.} */
    static String said(JsonNode target) {
        JsonNode error = target.path("error");
        return String.join(
                " ",
                target.path("status").asText() + ":",
                error.path("category").asText(),
                error.path("code").asText(),
                error.path("providerStatus").asText("-") + ",",
                error.path("retryable").asBoolean() ? "retryable." : "final.",
                error.path("remediation").asText());
    }

    /** The texts that the network shows. */
    List<String> shown() {
        return pds.listPosts(account.did()).stream().map(RealPds.Post::text).toList();
    }

    /** As hours after the login. */
    void expireAccessToken() {
        replaceInSession("accessJwt", pds.expiredToken(account));
    }

    /** As months after the login. */
    void expireSession() {
        expireAccessToken();
        replaceInSession("refreshJwt", pds.expiredToken(account));
    }

    private void replaceInSession(String token, String with) {
        Secrets secrets = secrets();
        ObjectNode session = (ObjectNode) Json.tree(secrets.session());
        session.put(token, with);
        write(new Secrets(secrets.credentials(), session.toString(), secrets.version()));
    }

    /** From now on DNS has no answer for the server's name. */
    void nameIsGone() {
        moveTo(URI.create(NOBODY));
    }

    void nameIsBack() {
        moveTo(proxy.url());
    }

    private void moveTo(URI service) {
        Secrets secrets = secrets();
        ObjectNode credentials = (ObjectNode) Json.tree(secrets.credentials());
        credentials.put("service", service.toString());
        write(new Secrets(credentials.toString(), secrets.session(), secrets.version()));
    }

    private Secrets secrets() {
        return flow.installation()
                .database()
                .read(tx -> store.find(tx, UUID.fromString(channel)).orElseThrow());
    }

    private void write(Secrets secrets) {
        UUID id = UUID.fromString(channel);
        flow.installation().database().write(tx -> {
            tx.createUpdate("delete from channel_secrets where channel_id = :id")
                    .bind("id", id)
                    .execute();
            store.insert(tx, id, secrets.credentials(), secrets.session());
            return null;
        });
    }

    @Override
    public void close() {
        proxy.close();
    }
}
