package io.flowapi.connections;

import io.flowapi.api.model.Provider;
import io.flowapi.connections.ConnectionStore.Agreed;
import io.flowapi.platform.db.Database;
import io.flowapi.platform.http.Reply;
import io.flowapi.platform.http.WebPage;
import io.flowapi.platform.http.WebPage.Visit;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Where a network sends the browser of an owner who was asked there. What it brings is used once, whatever comes of it. */
public final class Callback {

    private static final int CODE_LENGTH_MAX = 900;

    /** As LinkedIn says that somebody does not want to. */
    private static final Set<String> DENIALS =
            Set.of("access_denied", "user_cancelled_login", "user_cancelled_authorize");

    private final Database database;
    private final ConnectionStore store;
    private final ConnectionCompletion completion;
    private final Browser browser;
    private final InstantSource clock;

    public Callback(ConfirmationPages.Site site, ConnectionStore store, ConnectionCompletion completion) {
        this.database = site.database();
        this.store = store;
        this.completion = completion;
        this.browser = new Browser(site.production(), new SecureRandom());
        this.clock = site.clock();
    }

    static String path(Provider provider) {
        return "/oauth/callback/" + provider.value();
    }

    public List<WebPage> pages() {
        return completion.networks().stream()
                .map(provider -> new WebPage("GET", path(provider), visit -> answer(provider, visit)))
                .toList();
    }

    private Reply.Stored answer(Provider provider, Visit visit) {
        String state = visit.query().getOrDefault("state", "");
        if (!Secret.isOne(state)) {
            throw ConfirmationPages.invalid();
        }
        // Written is only where there is something to end: who guesses holds nobody up.
        database.read(tx -> found(tx, provider, new Secret(state), visit));
        Agreed agreed = database.write(tx -> taken(tx, provider, new Secret(state), visit));
        Reply.Stored answer = answer(agreed, visit);
        return new Reply.Stored(
                answer.status(),
                Map.of(
                        "Location",
                        answer.headers().get("Location"),
                        "Set-Cookie",
                        browser.farewell(agreed.connection())),
                answer.body());
    }

    /** It is gone with this: nobody uses the state again. What another browser shows leaves it as it is. */
    private Agreed taken(Handle tx, Provider provider, Secret state, Visit visit) {
        Agreed agreed = found(tx, provider, state, visit);
        if (!store.end(tx, agreed.connection().id())) {
            throw ConfirmationPages.invalid();
        }
        return agreed;
    }

    private Agreed found(Handle tx, Provider provider, Secret state, Visit visit) {
        return store.byState(tx, provider, state)
                .filter(found -> clock.instant().isBefore(found.until()))
                .filter(found -> browser.of(found.connection(), visit)
                        .filter(shown -> shown.hash().equals(found.browserHash()))
                        .isPresent())
                .orElseThrow(ConfirmationPages::invalid);
    }

    private Reply.Stored answer(Agreed agreed, Visit visit) {
        String code = visit.query().getOrDefault("code", "");
        if (visit.query().containsKey("error") || code.isEmpty() || code.length() > CODE_LENGTH_MAX) {
            boolean denied = DENIALS.contains(visit.query().getOrDefault("error", ""));
            return ReturnUrl.sendTo(
                    agreed.connection().returnUrl(), "error", denied ? "access_denied" : "provider_error");
        }
        return completion.withCode(agreed, code, path(agreed.connection().provider()), visit.request());
    }
}
