package io.flowapi.providers.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.FieldError;
import io.flowapi.providers.AccountConnection;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.RealPds.Account;
import io.flowapi.testing.Treatment;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-database")
class BlueskyAccountsTest {

    private static RealPds pds;

    @TempDir
    Path directory;

    private BlueskyWorld world;
    private CuttingProxy proxy;

    @BeforeAll
    static void startOnce() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    @BeforeEach
    void open() {
        world = new BlueskyWorld(directory);
        proxy = CuttingProxy.before(pds.url());
    }

    @AfterEach
    void close() {
        proxy.close();
        world.close();
    }

    private FieldError refused(String service) {
        AccountConnection connection = world.accounts.connect(service, "alice.test", "abcd-abcd-abcd-abcd");
        assertThat(connection).isInstanceOf(AccountConnection.Refused.class);
        return ((AccountConnection.Refused) connection).error();
    }

    @Test
    void connectsAndKeepsOnlyTheOriginOfTheService() {
        Account account = pds.createAccount(RealPds.freshHandle());
        String password = pds.createAppPassword(account, "flow");

        AccountConnection connection = world.accounts.connect(pds.url() + "/", "@" + account.handle(), password);

        var connected = (AccountConnection.Connected) connection;
        assertThat(connected.id()).isEqualTo(account.did());
        assertThat(connected.name()).isEqualTo(account.handle());
        assertThat(Credentials.read(connected.credentialsJson()).service().origin())
                .isEqualTo(pds.url().toString());
        assertThat(connected + " " + Credentials.read(connected.credentialsJson()) + " "
                        + Session.read(connected.sessionJson()))
                .doesNotContain(password, "eyJ");
    }

    @Test
    void connectsByTheDidOfTheAccount() {
        Account account = pds.createAccount(RealPds.freshHandle());
        String password = pds.createAppPassword(account, "flow");

        assertThat(world.connect(pds.url(), account.did(), password)).isInstanceOf(AccountConnection.Connected.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownAccountAreRefusedAlike() {
        Account account = pds.createAccount(RealPds.freshHandle());

        AccountConnection wrong = world.connect(pds.url(), account.handle(), "abcd-abcd-abcd-abcd");
        FieldError unknown = refused(pds.url().toString());

        assertThat(((AccountConnection.Refused) wrong).error()).isEqualTo(unknown);
        assertThat(unknown.pointer()).isEqualTo("#/credentials");
        assertThat(unknown.code()).isEqualTo("credentials_refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1",
                "http://169.254.169.254/",
                "ftp://example.com",
                "bsky.social",
                "http://user:secret@localhost",
                "not a url"
            })
    void aServiceThatMayNotBeCalledIsRefusedWithAdvice(String service) {
        FieldError error = refused(service);

        assertThat(error.pointer()).isEqualTo("#/credentials/service");
        assertThat(error.code()).isEqualTo("url_not_allowed");
        assertThat(error.detail()).isNotBlank().doesNotContain("secret");
    }

    @Test
    void aServerThatIsDownIsUnreachable() {
        proxy.refuse();

        assertThat(refused(proxy.url().toString()).code()).isEqualTo("unreachable");

        proxy.listen();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {}",
                "200 | <html>",
                "200 | {\"accessJwt\":\"a\\n\",\"refreshJwt\":\"b\",\"did\":\"did:plc:a\",\"handle\":\"a.test\"}",
                "200 | {\"accessJwt\":\"a\",\"refreshJwt\":\"b\",\"did\":\"a\",\"handle\":\"a.test\"}",
                "301 | {}",
                "404 | <html>",
                "404 | {\"error\":\"XRPCNotSupported\"}",
                "500 | {\"error\":\"InternalServerError\"}"
            })
    void aServerThatDoesNotSpeakTheProtocolIsUnreachable(int status, String body) {
        proxy.otherwise(Treatment.answer(status, body));

        FieldError error = refused(proxy.url().toString());

        assertThat(error.pointer()).isEqualTo("#/credentials/service");
        assertThat(error.code()).isEqualTo("unreachable");
    }

    @Test
    void aLimitOnLoginsSaysWhenToTryAgain() {
        proxy.otherwise(Treatment.answer(429, "{\"error\":\"RateLimitExceeded\"}", "Retry-After: 42"));

        FieldError error = refused(proxy.url().toString());

        assertThat(error.code()).isEqualTo("rate_limited");
        assertThat(error.detail()).contains("42 seconds");
    }

    @Test
    void theServersOwnLimitOnLoginsIsUnderstood() {
        Account account = pds.createAccount(RealPds.freshHandle());
        URI service = pds.url();

        String code = "credentials_refused";
        for (int logins = 0; logins <= 30 && code.equals("credentials_refused"); logins++) {
            AccountConnection connection = world.connect(service, account.handle(), "abcd-abcd-abcd-abcd");
            code = ((AccountConnection.Refused) connection).error().code();
        }

        assertThat(code).isEqualTo("rate_limited");
    }
}
