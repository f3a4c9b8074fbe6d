package io.flowapi.connections;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.RefusedException;
import io.flowapi.platform.http.Reply;
import io.flowapi.platform.http.WebPage;
import io.flowapi.platform.http.WebPage.Visit;
import io.flowapi.providers.oauth.OAuthApplication;
import io.flowapi.users.UserStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Shows an owner what is about to be connected to whom, and goes on to the network when they agree. That is asked before the
 * network is, because what it gives afterwards may be good for half a minute only.
 */
public final class ConfirmationPages {

    static final String PATH = "/oauth/connect";

    private final Database database;
    private final ConnectionStore store;
    private final UserStore users;
    private final ConnectionCompletion completion;
    private final Browser browser;
    private final InstantSource clock;
    private final Supplier<String> publicUrl;
    private final SecureRandom random = new SecureRandom();

    /** Whose installation it is, and how browsers reach it. */
    public record Site(Database database, InstantSource clock, boolean production, Supplier<String> publicUrl) {}

    public ConfirmationPages(Site site, ConnectionStore store, UserStore users, ConnectionCompletion completion) {
        this.database = site.database();
        this.clock = site.clock();
        this.publicUrl = site.publicUrl();
        this.browser = new Browser(site.production(), random);
        this.store = store;
        this.users = users;
        this.completion = completion;
    }

    public List<WebPage> pages() {
        return List.of(new WebPage("GET", PATH, this::show), new WebPage("POST", PATH, this::decide));
    }

    private Reply.Stored show(Visit visit) {
        String link = visit.query().getOrDefault("request", "");
        return database.read(tx -> {
            Connection connection = find(link)
                    .flatMap(found -> store.byLink(tx, found, oldest()))
                    .orElseThrow(ConfirmationPages::invalid);
            Secret shown = browser.welcome(connection, visit);
            String user = users.byId(tx, connection.userId()).orElseThrow().name();
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "text/html; charset=utf-8");
            headers.put("Content-Security-Policy", policy(connection));
            headers.put("Set-Cookie", browser.cookie(connection, shown));
            String page = ConfirmationPage.of(connection, user, link, shown.hash());
            return new Reply.Stored(200, headers, page.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** A browser asks it of every address that the answer to the form leads to. */
    private String policy(Connection connection) {
        String network = connection.provider() == Provider.SANDBOX
                ? ""
                : ReturnUrl.origin(application(connection).authorizeUrl()) + " ";
        return "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' "
                + network + ReturnUrl.origin(connection.returnUrl());
    }

    /** Only the browser that was shown the page has what its form must repeat. */
    private Reply.Stored decide(Visit visit) {
        Connection connection = find(visit.form().getOrDefault("request", ""))
                .flatMap(link -> database.read(tx -> store.byLink(tx, link, oldest())))
                .orElseThrow(ConfirmationPages::invalid);
        Secret shown = browser.of(connection, visit).orElseThrow(ConfirmationPages::invalid);
        if (!shown.hash().equals(visit.form().get("confirmation"))) {
            throw invalid();
        }
        if (!"connect".equals(visit.form().get("decision"))) {
            return ended(connection)
                    ? ReturnUrl.sendTo(connection.returnUrl(), "error", "access_denied")
                    : refuseUsed();
        }
        return connection.provider() == Provider.SANDBOX
                ? completion.withoutNetwork(connection, visit.request())
                : onToNetwork(connection, shown);
    }

    private boolean ended(Connection connection) {
        return database.write(tx -> store.end(tx, connection.id()));
    }

    private static Reply.Stored refuseUsed() {
        throw invalid();
    }

    private Reply.Stored onToNetwork(Connection connection, Secret shown) {
        Secret state = Secret.random(random);
        Secret verifier = Secret.random(random);
        Instant until = clock.instant().plus(Connection.LIFE);
        var agreed = new ConnectionStore.Agreed(connection, shown.hash(), verifier, until);
        database.write(tx -> {
            store.agree(tx, agreed, state);
            return null;
        });
        OAuthApplication application = application(connection);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", String.valueOf(application.clientId()));
        query.put("redirect_uri", publicUrl.get() + Callback.path(connection.provider()));
        query.put("scope", application.scope());
        query.put("state", state.text());
        query.put("code_challenge", verifier.challenge());
        query.put("code_challenge_method", "S256");
        return ReturnUrl.redirect(application.authorizeUrl() + "?" + encoded(query));
    }

    private static String encoded(Map<String, String> query) {
        // A network may take a plus for a plus.
        return query.entrySet().stream()
                .map(pair -> pair.getKey() + "="
                        + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(joining("&"));
    }

    private OAuthApplication application(Connection connection) {
        return completion.network(connection.provider()).application();
    }

    private static Optional<Secret> find(String link) {
        return Secret.isOne(link) ? Optional.of(new Secret(link)) : Optional.empty();
    }

    private Instant oldest() {
        return clock.instant().minus(Connection.LIFE);
    }

    /** The same for every reason: who guesses learns nothing. */
    static RefusedException invalid() {
        return new RefusedException(Refusal.of(
                ProblemCode.CONNECTION_INVALID,
                "This belongs to no connection that is under way in this browser: it is unknown, was used, or has"
                        + " expired. Start again in your application."));
    }
}
