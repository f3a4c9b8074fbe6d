package io.flowapi.providers.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.providers.Content;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.CuttingProxy;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.RealPds.Account;
import io.flowapi.testing.Treatment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server, through a proxy that fails as told. */
class BlueskyPublisherTest {

    private static final String PUT = "putRecord";
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    private static RealPds pds;

    @TempDir
    Path directory;

    private BlueskyWorld world;
    private CuttingProxy proxy;
    private Account account;
    private String password;
    private UUID channel;

    @BeforeAll
    static void startOnce() {
        RealPds.skipWithout();
        pds = RealPds.shared();
    }

    @BeforeEach
    void connect() {
        world = new BlueskyWorld(directory);
        proxy = CuttingProxy.before(pds.url());
        account = pds.createAccount(RealPds.freshHandle());
        password = pds.createAppPassword(account, "flow");
        channel = world.channel(proxy.url(), account, password);
    }

    @AfterEach
    void close() {
        proxy.close();
        world.close();
    }

    private PublishOutcome publish(Sending sending) {
        return world.publisher.publish(sending);
    }

    private Resolution resolve(Sending sending) {
        return world.publisher.resolve(sending);
    }

    private List<String> texts() {
        return pds.listPosts(account.did()).stream().map(RealPds.Post::text).toList();
    }

    private static TargetError notSent(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.NotSent.class);
        return ((PublishOutcome.NotSent) outcome).error();
    }

    private static TargetError rejected(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Rejected.class);
        return ((PublishOutcome.Rejected) outcome).error();
    }

    private static TargetError unknown(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Unknown.class);
        return ((PublishOutcome.Unknown) outcome).error();
    }

    private static TargetError undecided(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Undecided.class);
        return ((Resolution.Undecided) resolution).error();
    }

    @Test
    void publishesOnceHoweverOftenTheFrozenRequestIsSent() {
        Sending sending = world.sending(channel, "hello");

        PublishOutcome first = publish(sending);
        PublishOutcome second = publish(sending);

        PutRecord post = PutRecord.read(sending.request());
        assertThat(first)
                .isEqualTo(second)
                .isEqualTo(new PublishOutcome.Published(
                        "at://" + account.did() + "/app.bsky.feed.post/" + post.key(),
                        "https://bsky.app/profile/" + account.did() + "/post/" + post.key()));
        assertThat(pds.listPosts(account.did()))
                .singleElement()
                .extracting(RealPds.Post::createdAt)
                .isEqualTo("2026-11-23T09:30:00.000Z");
    }

    @Test
    void takesFacetsAndLanguages() {
        Account friend = pds.createAccount(RealPds.freshHandle());
        String text = FAMILY + " @" + friend.handle() + " @no-such-user.test https://example.com/日本 #東京";

        Sending sending = world.sending(channel, text, new TargetOptions(List.of("en", "ja")));

        assertThat(sending.request())
                .contains(friend.did(), "\"langs\":[\"en\",\"ja\"]", "\"swapRecord\":null")
                .contains("facet#link", "facet#tag", "facet#mention")
                .containsOnlyOnce("facet#mention");
        assertThat(publish(sending)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(texts()).containsExactly(text);
    }

    @Test
    void aMentionThatCannotBeLookedUpNowIsTriedAgainLater() {
        proxy.next(1, "resolveHandle", Treatment.answer(502, "{}"));

        Preparation preparation = world.publisher.prepare(new Content(UUID.randomUUID(), channel, "@alice.test", null));

        assertThat(preparation).isInstanceOf(Preparation.Failed.class);
        assertThat(notSent(((Preparation.Failed) preparation).outcome()).code()).isEqualTo("provider_unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                FAMILY,
                "🇩🇪",
                "e\u0301\u0302\u0303",
                "日",
                "👍🏽",
                "क्षि",
                "ก็",
                "각",
                "\r\n",
                "\u1100\u1161\u11a8"
            })
    void countsAsTheServerDoes(String character) {
        String separator = character.equals("\r\n") ? "x" : "";
        int unit = (character + separator).getBytes(StandardCharsets.UTF_8).length;
        int most = Math.min(separator.isEmpty() ? 300 : 150, 3000 / unit);

        assertAgreement((character + separator).repeat(most), true);
        assertAgreement((character + separator).repeat(most + 1), false);
    }

    @Test
    void countsBytesAsTheServerDoes() {
        String letter = "e" + "\u0301".repeat(14);

        assertAgreement(letter.repeat(103) + "a".repeat(3000 - 103 * 29), true);
        assertAgreement(letter.repeat(103) + "a".repeat(3001 - 103 * 29), false);
    }

    private void assertAgreement(String text, boolean taken) {
        PublishOutcome outcome = publish(world.sending(channel, text));
        List<FieldError> violations = world.publisher.violations(text, "/content");
        if (taken) {
            assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
            assertThat(violations).isEmpty();
        } else {
            assertThat(rejected(outcome).category()).isEqualTo(ErrorCategory.USER_CONTENT);
            assertThat(violations)
                    .isNotEmpty()
                    .allMatch(error -> error.pointer().equals("#/content"));
        }
    }

    @Test
    void saysHowMuchToShorten() {
        assertThat(world.publisher.violations(FAMILY.repeat(301), "/targets/0/content"))
                .containsExactly(
                        new FieldError(
                                "#/targets/0/content",
                                null,
                                null,
                                "bluesky.post.graphemes",
                                "Bluesky takes at most 300 characters; this text has 301. Shorten it by 1.",
                                300L,
                                301L),
                        new FieldError(
                                "#/targets/0/content",
                                null,
                                null,
                                "bluesky.post.bytes",
                                "Bluesky takes at most 3000 bytes of UTF-8; this text has 7525. Shorten it by 4525.",
                                3000L,
                                7525L));
    }

    @Test
    void anExpiredTokenIsRenewedOnceAndTheSameRequestSent() {
        Sending sending = world.sending(channel, "expired");
        world.replaceAccessToken(channel, pds.expiredToken(account));

        PublishOutcome outcome = publish(sending);

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(world.publisher().publish(world.sending(channel, "after a restart")))
                .isInstanceOf(PublishOutcome.Published.class);
        assertThat(proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(texts()).containsExactlyInAnyOrder("expired", "after a restart");
    }

    @Test
    void aLostSessionIsMadeAgainFromTheAppPassword() {
        world.replaceTokens(channel, "broken", "broken");

        assertThat(publish(world.sending(channel, "again"))).isInstanceOf(PublishOutcome.Published.class);

        assertThat(proxy.requests())
                .filteredOn(line -> line.contains("createSession"))
                .hasSize(2);
    }

    @Test
    void aRevokedAppPasswordEndsTheChannel() {
        Sending sending = world.sending(channel, "revoked");
        pds.revokeAppPassword(account, "flow");
        world.replaceAccessToken(channel, pds.expiredToken(account));

        TargetError error = rejected(publish(sending));

        assertThat(error.category()).isEqualTo(ErrorCategory.AUTH_EXPIRED);
        assertThat(error.code()).isEqualTo("credentials_refused");
        assertThat(error.retryable()).isFalse();
        assertThat(error.providerBody()).contains("AuthenticationRequired").doesNotContain(password);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aDeactivatedAccountIsAnIssueOfTheAccount() {
        Sending sending = world.sending(channel, "deactivated");
        pds.deactivate(account);

        TargetError error = rejected(publish(sending));

        assertThat(error.category()).isEqualTo(ErrorCategory.ACCOUNT_ISSUE);
        assertThat(error.providerBody()).contains("AccountDeactivated");
        assertThat(undecided(resolve(sending)).code()).isEqualTo("record_not_readable");
        assertThat(world.connect(pds.url(), account.handle(), password))
                .extracting(connection ->
                        ((BlueskyConnection.Refused) connection).error().code())
                .isEqualTo("account_inactive");
    }

    @Test
    void neverOverwritesAnotherRecord() {
        Sending sending = world.sending(channel, "mine");
        Sending other = new Sending(
                sending.targetId(), channel, 1, sending.request().replace("mine", "not mine"), sending.startedAt());
        publish(other);

        assertThat(rejected(publish(sending)).code()).isEqualTo("record_exists_with_other_content");
        assertThat(resolve(sending)).isInstanceOf(Resolution.Refused.class);
        assertThat(texts()).containsExactly("not mine");
    }

    @Test
    void aLostAnswerIsResolvedByReadingBack() {
        Sending sending = world.sending(channel, "lost");
        proxy.next(1, PUT, Treatment.cutBeforeAnswer());

        assertThat(unknown(publish(sending)).code()).isEqualTo("no_answer");

        assertThat(resolve(sending)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.publishedAt()).isEqualTo(world.clock.instant());
            assertThat(found.providerPostId()).contains(account.did());
        });
        assertThat(texts()).containsExactly("lost");
    }

    @Test
    void aLostRequestIsAbsentAndCanBeSentAgain() {
        Sending sending = world.sending(channel, "absent");
        proxy.next(1, PUT, Treatment.cutAtOnce());

        assertThat(unknown(publish(sending)).category()).isEqualTo(ErrorCategory.UNKNOWN);

        assertThat(resolve(sending)).isInstanceOf(Resolution.Absent.class);
        assertThat(publish(sending)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(texts()).containsExactly("absent");
    }

    @Test
    void silenceIsUnknownAfterTenSeconds() {
        Sending sending = world.sending(channel, "silence");
        proxy.next(1, PUT, Treatment.silenceInsteadOfAnswer());
        long start = System.nanoTime();

        unknown(publish(sending));

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
        assertThat(resolve(sending)).isInstanceOf(Resolution.Found.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"error\":\"InternalServerError\",\"message\":\"x\"}",
                "502 | <html>",
                "301 | {}",
                "200 | {}",
                "200 | garbage",
                "200 | {\"uri\":\"at://did:plc:other/app.bsky.feed.post/x\"}",
                "400 | <html>",
                "408 | {\"error\":\"Timeout\"}",
                "204 | {}"
            })
    void anAnswerThatProvesNothingLeavesItUnknown(int status, String body) {
        Sending sending = world.sending(channel, "unclear");
        proxy.next(1, PUT, Treatment.answer(status, body));

        TargetError error = unknown(publish(sending));

        assertThat(error.retryable()).isTrue();
        assertThat(resolve(sending)).isInstanceOf(Resolution.Absent.class);
    }

    @Test
    void bytesThatAreNotHttpLeaveItUnknown() {
        proxy.next(1, PUT, Treatment.raw("nonsense\r\n\r\n"));

        unknown(publish(world.sending(channel, "raw")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RateLimit-Reset: 1795426260 | 60",
                "Retry-After: 7 | 7",
                "Retry-After: 0 | 1",
                "Retry-After: 999999 | 3600",
                "Retry-After: soon | 60",
                "RateLimit-Reset: 1 | 1"
            })
    void aRateLimitTellsWhenToComeBack(String header, long seconds) {
        String body = "{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}";
        proxy.next(1, PUT, Treatment.answer(429, body, header));

        PublishOutcome outcome = publish(world.sending(channel, "limited"));

        assertThat(notSent(outcome).category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(((PublishOutcome.NotSent) outcome).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aServerThatIsDownWasNotSentAnything() {
        Sending sending = world.sending(channel, "down");
        proxy.refuse();

        TargetError error = notSent(publish(sending));
        TargetError later = undecided(resolve(sending));
        proxy.listen();

        assertThat(error.code()).isEqualTo(later.code()).isEqualTo("provider_unreachable");
        assertThat(publish(sending)).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void aServerThatWasStoppedAndOneThatHungMakeOnePost() {
        Sending stopped = world.sending(channel, "stopped");
        Sending hung = world.sending(channel, "hung");
        UUID direct = world.channel(pds.url(), account, password);
        Sending stoppedDirect = new Sending(stopped.targetId(), direct, 1, stopped.request(), stopped.startedAt());

        pds.stop();
        PublishOutcome whileStopped = publish(stoppedDirect);
        pds.start();
        pds.suspend();
        PublishOutcome whileHung = publish(hung);
        pds.resume();

        assertThat(notSent(whileStopped).code()).isEqualTo("provider_unreachable");
        assertThat(unknown(whileHung).code()).isEqualTo("no_answer");
        assertThat(publish(stoppedDirect)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(publish(hung)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(resolve(hung)).isInstanceOf(Resolution.Found.class);
        assertThat(texts()).containsExactlyInAnyOrder("stopped", "hung");
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "200", "404"})
    void aRenewalThatFailsIsTriedAgainLater(int status) {
        world.replaceAccessToken(channel, pds.expiredToken(account));
        proxy.next(1, "refreshSession", Treatment.answer(status, "nothing"));

        notSent(publish(world.sending(channel, "renewal")));

        assertThat(publish(world.sending(channel, "renewal"))).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void resolvingWaitsLongerTheLongerItIsUnknown() {
        Sending sending = world.sending(channel, "unknown");
        proxy.otherwise(Treatment.answer(500, "{}"));

        Resolution soon = resolve(sending);
        world.clock.advance(Duration.ofMinutes(10));
        Resolution later = resolve(sending);
        world.clock.advance(Duration.ofDays(1));
        Resolution muchLater = resolve(sending);

        assertThat(List.of(soon, later, muchLater))
                .map(resolution -> ((Resolution.Undecided) resolution).retryAfter())
                .containsExactly(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofMinutes(10));
    }

    @Test
    void whatTheServerRepeatsOfOurSecretsIsRedactedAndCut() {
        Session session = world.session(channel);
        String repeated =
                "{\"error\":\"Odd\",\"message\":\"" + session.accessJwt() + "\",\"more\":\"" + "é".repeat(5000) + "\"}";
        proxy.next(1, PUT, Treatment.answer(403, repeated));

        TargetError error = rejected(publish(world.sending(channel, "secret")));

        assertThat(error.toString()).doesNotContain(session.accessJwt()).contains("[redacted]");
        assertThat(error.providerBody()).hasSize(4096);
        assertThat(error.providerStatus()).isEqualTo(403);
    }

    @Test
    void twentyThreadsRenewASessionOnce() throws Exception {
        world.replaceAccessToken(channel, pds.expiredToken(account));
        List<Callable<PublishOutcome>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Sending sending = world.sending(channel, "post " + i);
            calls.add(() -> publish(sending));
        }

        List<Future<PublishOutcome>> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = threads.invokeAll(calls);
        }

        assertThat(outcomes).extracting(Future::resultNow).allMatch(PublishOutcome.Published.class::isInstance);
        assertThat(proxy.requests())
                .filteredOn(line -> line.contains("refreshSession"))
                .hasSize(1);
        assertThat(texts()).hasSize(20);
    }

    @Test
    void twoNodesThatRenewAtOnceBothPublish() throws Exception {
        world.replaceAccessToken(channel, pds.expiredToken(account));
        Sending one = world.sending(channel, "one");
        Sending two = world.sending(channel, "two");

        List<Future<PublishOutcome>> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = threads.invokeAll(List.of(
                    () -> world.publisher().publish(one),
                    () -> world.publisher().publish(two)));
        }

        assertThat(outcomes).extracting(Future::resultNow).allMatch(PublishOutcome.Published.class::isInstance);
    }

    @Test
    void aChannelWithoutSecretsPublishesNothing() {
        Sending sending = world.sending(channel, "gone");
        Sending elsewhere =
                new Sending(sending.targetId(), UUID.randomUUID(), 1, sending.request(), sending.startedAt());

        assertThat(rejected(publish(elsewhere)).code()).isEqualTo("channel_disconnected");
        assertThat(undecided(resolve(elsewhere)).code()).isEqualTo("channel_disconnected");
    }
}
