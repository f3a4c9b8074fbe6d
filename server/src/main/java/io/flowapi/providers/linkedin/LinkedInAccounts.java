package io.flowapi.providers.linkedin;

import io.flowapi.api.model.ChannelCredentials;
import io.flowapi.api.model.Provider;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Accounts;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.oauth.OAuthApplication;
import io.flowapi.providers.oauth.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks whose a token is. That it may post for an organisation no call of every application tells: the first post does.
 */
public final class LinkedInAccounts implements Accounts {

    private static final Duration TOTAL_MAX = Duration.ofSeconds(10);
    private static final int NAME_LENGTH_MAX = 253;
    private static final String PERSON = "urn:li:person:";
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String CREDENTIALS = "/credentials";
    private static final String TOKEN = "/credentials/accessToken";
    private static final String AUTHOR = "/credentials/author";

    private final LinkedInApi api;
    private final OAuthApplication application;

    public LinkedInAccounts(
            LinkedInPublisher.At at, OAuthApplication application, OutgoingHttp http, InstantSource clock) {
        this.application = application;
        this.api = new LinkedInApi(http, clock, at.url(), at.version());
    }

    @Override
    public Provider provider() {
        return Provider.LINKEDIN;
    }

    @Override
    public AccountConnection connect(ChannelCredentials given) {
        String author = given.author();
        return switch (api.member(given.accessToken(), Deadline.in(TOTAL_MAX))) {
            case NetworkAnswer.Done done -> connected(given, author, done);
            case NetworkAnswer.Refused refusal
            when refusal.rateLimited() ->
                refused(
                        CREDENTIALS,
                        "rate_limited",
                        "LinkedIn takes no more calls now. Try again in "
                                + refusal.retryAfter().toSeconds() + " seconds.");
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.UNAUTHORIZED ->
                refused(TOKEN, "credentials_refused", "LinkedIn does not accept the access token. Make a new one.");
            // A token without the scopes of a profile may post all the same.
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.FORBIDDEN && author != null -> connected(given, author, author);
            case NetworkAnswer.Refused refusal
            when refusal.status() == Failures.FORBIDDEN ->
                refused(
                        TOKEN,
                        "credentials_refused",
                        "LinkedIn does not tell whose the token is. Give author too, or a token with the scopes openid and"
                                + " profile.");
            case NetworkAnswer _ ->
                refused(CREDENTIALS, "unreachable", "LinkedIn did not answer as it should. Try again.");
        };
    }

    private AccountConnection connected(ChannelCredentials given, @Nullable String author, NetworkAnswer.Done done) {
        String subject = done.text("sub");
        if (!SUBJECT.matcher(subject).matches()) {
            return refused(CREDENTIALS, "unreachable", "LinkedIn did not answer as it should. Try again.");
        }
        String member = PERSON + subject;
        if (author != null && author.startsWith(PERSON) && !author.equals(member)) {
            return refused(
                    AUTHOR, "other_account", "The token is of " + member + ". Leave author out, or give its own.");
        }
        String name = done.text("name").strip();
        boolean named =
                (author == null || author.equals(member)) && !name.isEmpty() && name.length() <= NAME_LENGTH_MAX;
        String by = author == null ? member : author;
        return connected(given, by, named ? name : by);
    }

    private AccountConnection connected(ChannelCredentials given, String author, String name) {
        var tokens = new Tokens(given.accessToken(), given.refreshToken(), given.expiresAt());
        return new AccountConnection.Connected(
                author, name, new Credentials(author).json(), tokens.json(), tokens.end(application));
    }

    private static AccountConnection refused(String pointer, String code, String detail) {
        return new AccountConnection.Refused(Fields.body(pointer, code, detail));
    }
}
