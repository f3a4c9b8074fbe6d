package io.flowapi.providers.bluesky;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Accounts;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Tries credentials with a login, whose session is the channel's first. */
public final class BlueskyAccounts implements Accounts {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);
    private static final int HANDLE_LENGTH_MAX = 253;
    private static final Pattern DID = Pattern.compile("did:[a-z]+:[A-Za-z0-9._:%-]{1,400}");

    private static final String CREDENTIALS = "/credentials";
    private static final String SERVICE = "/credentials/service";

    private final Xrpc xrpc;

    public BlueskyAccounts(OutgoingHttp http, InstantSource clock) {
        this.xrpc = new Xrpc(http, clock);
    }

    @Override
    public Provider provider() {
        return Provider.BLUESKY;
    }

    @Override
    public AccountConnection connect(ChannelCredentials given) {
        return connect(given.service(), given.identifier(), given.appPassword());
    }

    AccountConnection connect(String server, String account, String appPassword) {
        Service service = Service.parse(server);
        String identifier = account.strip().replaceFirst("^@", "");
        NetworkAnswer answer = BlueskySessions.login(xrpc, service, identifier, appPassword, Deadline.in(TOTAL_MAX));
        return switch (answer) {
            case NetworkAnswer.Done done -> connected(service, identifier, appPassword, done);
            case NetworkAnswer.Refused refusal -> new AccountConnection.Refused(refused(refusal));
            case NetworkAnswer.NotSent(String advice, boolean denied)
            when denied -> refused(SERVICE, "url_not_allowed", advice);
            case NetworkAnswer.NotSent(String detail, boolean denied) -> unreachable("It was not reached: " + detail);
            case NetworkAnswer.Unclear unclear -> unreachable("It did not answer as a Bluesky server does.");
        };
    }

    private static AccountConnection connected(
            Service service, String identifier, String appPassword, NetworkAnswer.Done answer) {
        String did = answer.text("did");
        String handle = answer.text("handle");
        Session session = Session.from(answer).orElse(null);
        if (session == null || !DID.matcher(did).matches() || handle.isEmpty() || handle.length() > HANDLE_LENGTH_MAX) {
            return unreachable("It did not answer as a Bluesky server does.");
        }
        if (!answer.body().path("active").asBoolean(true)) {
            return refused(CREDENTIALS, "account_inactive", "Activate the account on its network, then connect it.");
        }
        var credentials = new Credentials(service, identifier, appPassword, did);
        return new AccountConnection.Connected(did, handle, credentials.json(), session.json());
    }

    private static FieldError refused(NetworkAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return Fields.body(
                    CREDENTIALS,
                    "rate_limited",
                    "The server takes no more logins now. Try again in "
                            + refusal.retryAfter().toSeconds() + " seconds.");
        }
        if (XrpcErrors.account(refusal)) {
            return Fields.body(
                    CREDENTIALS,
                    "account_inactive",
                    "The account is suspended or deactivated (" + refusal.error() + "). Restore it on its network.");
        }
        if (refusal.error().equals("AuthFactorTokenRequired")) {
            return Fields.body(
                    CREDENTIALS,
                    "credentials_refused",
                    "The account's own password needs a second factor. Make an app password and give that.");
        }
        // How a server says that the identifier is neither a handle nor a DID.
        if (XrpcErrors.login(refusal) || refusal.error().equals("InvalidRequest")) {
            return Fields.body(
                    CREDENTIALS,
                    "credentials_refused",
                    "The server does not accept the identifier with this app password. Check both; an app password is"
                            + " made in the settings of the account.");
        }
        return Fields.body(SERVICE, "unreachable", "It refused a login as a Bluesky server does not. Check the URL.");
    }

    private static AccountConnection unreachable(String detail) {
        return refused(SERVICE, "unreachable", detail + " Check the URL, or try again.");
    }

    private static AccountConnection refused(String pointer, String code, String detail) {
        return new AccountConnection.Refused(Fields.body(pointer, code, detail));
    }
}
