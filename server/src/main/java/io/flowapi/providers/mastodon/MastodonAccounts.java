package io.flowapi.providers.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Accounts;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.Redaction;
import io.flowapi.providers.Service;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** Tries an access token with the calls that only read, and learns the limits of the instance. */
public final class MastodonAccounts implements Accounts {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);
    private static final int NAME_LENGTH_MAX = 253;

    private static final String CREDENTIALS = "/credentials";
    private static final String INSTANCE = "/credentials/instanceUrl";
    private static final String NOT_MASTODON = "It did not answer as a Mastodon instance does.";

    private final MastodonApi api;
    private final InstantSource clock;

    public MastodonAccounts(OutgoingHttp http, InstantSource clock) {
        this.api = new MastodonApi(http, clock);
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.MASTODON;
    }

    @Override
    public AccountConnection connect(ChannelCredentials given) {
        return connect(given.instanceUrl(), given.accessToken());
    }

    private AccountConnection connect(String instanceUrl, String accessToken) {
        Service instance = Service.parse(instanceUrl);
        Deadline deadline = Deadline.in(TOTAL_MAX);
        NetworkAnswer verified = api.verifyCredentials(instance, accessToken, deadline);
        if (!(verified instanceof NetworkAnswer.Done account)) {
            return refused(verified);
        }
        String id = account.text("id");
        String name = account.text("username") + "@" + host(instance);
        if (!Timeline.isId(id) || account.text("username").isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return unreachable(NOT_MASTODON);
        }
        var credentials = new Credentials(instance, accessToken, id);
        // What cannot be read back cannot be published once.
        NetworkAnswer statuses = api.statuses(credentials, "limit=1", deadline);
        if (!(statuses instanceof NetworkAnswer.Done(JsonNode page, Redaction _, var _)) || !page.isArray()) {
            return refused(statuses);
        }
        return connected(credentials, name, api.instance(instance, accessToken, deadline));
    }

    private AccountConnection connected(Credentials credentials, String name, NetworkAnswer about) {
        return switch (about) {
            case NetworkAnswer.Done(JsonNode body, Redaction _, var _) ->
                connected(credentials, name, Limits.of(body, clock.instant()));
            // As instances before version 4 answer.
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.NOT_FOUND -> connected(credentials, name, Limits.usual(clock.instant()));
            case NetworkAnswer _ -> refused(about);
        };
    }

    /** Numbers of accounts are those of one instance. */
    private static AccountConnection connected(Credentials credentials, String name, Limits limits) {
        String id = credentials.account() + "@" + host(credentials.instance());
        return new AccountConnection.Connected(id, name, credentials.json(), limits.json());
    }

    private static String host(Service instance) {
        return URI.create(instance.origin()).getAuthority();
    }

    private static AccountConnection refused(NetworkAnswer answer) {
        return switch (answer) {
            case NetworkAnswer.NotSent(String advice, boolean denied)
            when denied -> refused(INSTANCE, "url_not_allowed", advice);
            case NetworkAnswer.NotSent(String detail, boolean _) -> unreachable("It was not reached: " + detail);
            case NetworkAnswer.Unclear _, NetworkAnswer.Done _ -> unreachable(NOT_MASTODON);
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() ->
                refused(
                        CREDENTIALS,
                        "rate_limited",
                        "The instance takes no more calls now. Try again in "
                                + refusal.retryAfter().toSeconds() + " seconds.");
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.UNAUTHORIZED ->
                refused(
                        CREDENTIALS,
                        "credentials_refused",
                        "The instance does not accept the access token. Make one under Development in the settings of the"
                                + " account.");
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.FORBIDDEN ->
                refused(
                        CREDENTIALS,
                        "credentials_refused",
                        "The instance does not allow it (" + refusal.error()
                                + "). The account must be in order, and the"
                                + " token needs the scopes read:accounts, read:statuses and write:statuses.");
            case NetworkAnswer.Refused _ -> unreachable(NOT_MASTODON);
        };
    }

    private static AccountConnection unreachable(String detail) {
        return refused(INSTANCE, "unreachable", detail + " Check the URL, or try again.");
    }

    private static AccountConnection refused(String pointer, String code, String detail) {
        return new AccountConnection.Refused(Fields.body(pointer, code, detail));
    }
}
