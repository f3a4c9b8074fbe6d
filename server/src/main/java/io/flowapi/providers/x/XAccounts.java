package io.flowapi.providers.x;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Accounts;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import io.flowapi.providers.oauth.OAuthApplication;
import io.flowapi.providers.oauth.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Tries an access token with the call that says whose it is; it needs the scopes with which the timeline is read. */
public final class XAccounts implements Accounts {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);
    private static final String CREDENTIALS = "/credentials";
    private static final String TOKEN = "/credentials/accessToken";

    private final String apiUrl;
    private final OAuthApplication application;
    private final NetworkCalls calls;

    public XAccounts(String apiUrl, OAuthApplication application, OutgoingHttp http, InstantSource clock) {
        this.apiUrl = apiUrl;
        this.application = application;
        this.calls = new NetworkCalls(http, clock, new XDialect());
    }

    @Override
    public Provider provider() {
        return Provider.X;
    }

    @Override
    public AccountConnection connect(ChannelCredentials given) {
        return connect(new Tokens(given.accessToken(), given.refreshToken(), given.expiresAt()));
    }

    /** With tokens that the owner gave, or that X gave for them. */
    public AccountConnection connect(Tokens tokens) {
        var call = new NetworkCalls.Call(
                "GET", apiUrl + "/2/users/me", tokens.accessToken(), "", List.of(), Map.of(), answer -> {});
        return switch (calls.send(call, Deadline.in(TOTAL_MAX))) {
            case NetworkAnswer.Done done ->
                Account.of(done.body().path("data"))
                        .<AccountConnection>map(account -> connected(account, tokens))
                        .orElseGet(XAccounts::notX);
            case NetworkAnswer.Refused refusal -> refused(refusal);
            case NetworkAnswer.Unclear _ -> notX();
            case NetworkAnswer.NotSent notSent ->
                refused(CREDENTIALS, "unreachable", "X was not reached: " + notSent.detail() + " Try again.");
        };
    }

    private AccountConnection connected(Account account, Tokens tokens) {
        return new AccountConnection.Connected(
                account.id(), "@" + account.username(), account.json(), tokens.json(), tokens.end(application));
    }

    private static AccountConnection refused(NetworkAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return refused(
                    CREDENTIALS,
                    "rate_limited",
                    "X takes no more calls now. Try again in "
                            + refusal.retryAfter().toSeconds() + " seconds.");
        }
        return Failures.becauseOfAccount(refusal)
                ? refused(
                        TOKEN,
                        "credentials_refused",
                        "X does not accept the access token (" + refusal.error()
                                + "). It must be a user's, with the scopes tweet.read, tweet.write and users.read.")
                : notX();
    }

    private static AccountConnection notX() {
        return refused(CREDENTIALS, "unreachable", "It did not answer as X does. Try again.");
    }

    private static AccountConnection refused(String pointer, String code, String detail) {
        return new AccountConnection.Refused(Fields.body(pointer, code, detail));
    }
}
