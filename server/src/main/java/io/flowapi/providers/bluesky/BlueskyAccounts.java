package io.flowapi.providers.bluesky;

import io.flowapi.api.model.BlueskyCredentials;
import io.flowapi.api.model.FieldError;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.net.OutgoingHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Tries credentials with a login, whose session is the channel's first. */
public final class BlueskyAccounts {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);
    private static final int HANDLE_LENGTH_MAX = 253;
    private static final Pattern DID = Pattern.compile("did:[a-z]+:[A-Za-z0-9._:%-]{1,400}");

    private static final String CREDENTIALS = "/credentials";
    private static final String SERVICE = "/credentials/service";

    private final Xrpc xrpc;

    public BlueskyAccounts(OutgoingHttp http, InstantSource clock) {
        this.xrpc = new Xrpc(http, clock);
    }

    public BlueskyConnection connect(BlueskyCredentials given) {
        Service service = Service.parse(given.service());
        String identifier = given.identifier().strip().replaceFirst("^@", "");
        XrpcAnswer answer =
                BlueskySessions.login(xrpc, service, identifier, given.appPassword(), Deadline.in(TOTAL_MAX));
        return switch (answer) {
            case XrpcAnswer.Done done -> connected(service, identifier, given.appPassword(), done);
            case XrpcAnswer.Refused refusal -> new BlueskyConnection.Refused(refused(refusal));
            case XrpcAnswer.NotSent(String advice, boolean denied)
            when denied -> refused(SERVICE, "url_not_allowed", advice);
            case XrpcAnswer.NotSent(String detail, boolean denied) -> unreachable("It was not reached: " + detail);
            case XrpcAnswer.Unclear unclear -> unreachable("It did not answer as a Bluesky server does.");
        };
    }

    private static BlueskyConnection connected(
            Service service, String identifier, String appPassword, XrpcAnswer.Done answer) {
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
        return new BlueskyConnection.Connected(did, handle, credentials.json(), session.json());
    }

    private static FieldError refused(XrpcAnswer.Refused refusal) {
        if (refusal.rateLimited()) {
            return Fields.body(
                    CREDENTIALS,
                    "rate_limited",
                    "The server takes no more logins now. Try again in "
                            + refusal.retryAfter().toSeconds() + " seconds.");
        }
        if (refusal.becauseOfAccount()) {
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
        if (refusal.becauseOfLogin() || refusal.error().equals("InvalidRequest")) {
            return Fields.body(
                    CREDENTIALS,
                    "credentials_refused",
                    "The server does not accept the identifier with this app password. Check both; an app password is"
                            + " made in the settings of the account.");
        }
        return Fields.body(SERVICE, "unreachable", "It refused a login as a Bluesky server does not. Check the URL.");
    }

    private static BlueskyConnection unreachable(String detail) {
        return refused(SERVICE, "unreachable", detail + " Check the URL, or try again.");
    }

    private static BlueskyConnection refused(String pointer, String code, String detail) {
        return new BlueskyConnection.Refused(Fields.body(pointer, code, detail));
    }
}
