package io.flowapi.providers.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.installation.Config;
import io.flowapi.installation.Installation;
import io.flowapi.providers.Deadline;
import io.flowapi.testing.Await;
import io.flowapi.testing.FakeOAuth;
import io.flowapi.testing.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens with refresh tokens that are good for one use, however many need them and whatever happens meanwhile. */
class TokenSessionsTest {

    @RegisterExtension
    static final Flow flow = new Flow();

    private static final int PUBLISHERS = 50;
    private static final Duration SOON = Duration.ofSeconds(20);

    private TokenWorld world;

    @BeforeEach
    void open() {
        world = new TokenWorld(flow);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_token_is_used_until_it_is_nearly_over_and_then_renewed_first() {
        String first = world.stored().accessToken();

        flow.clock().advance(TokenWorld.LIFE.minus(Duration.ofSeconds(61)));
        assertThat(token(world.current())).isEqualTo(first);
        flow.clock().advance(Duration.ofSeconds(1));
        String second = token(world.current());

        assertThat(second).isNotEqualTo(first);
        assertThat(world.network.accountOf(second)).contains("alice");
        assertThat(world.stored().accessToken()).isEqualTo(second);
        assertThat(world.stored().expiresAt()).isEqualTo(flow.clock().instant().plus(TokenWorld.LIFE));
    }

    @Test
    void fifty_publishers_at_once_send_the_refresh_token_once() throws Exception {
        flow.clock().advance(TokenWorld.LIFE);
        CountDownLatch held = world.network.hold();

        List<TokenAnswer> answers = together(PUBLISHERS, List.of(world.sessions), held);

        assertThat(answers)
                .hasSize(PUBLISHERS)
                .allSatisfy(answer ->
                        assertThat(token(answer)).isEqualTo(world.stored().accessToken()));
        assertThat(world.network.refreshes()).hasSize(1);
    }

    @Test
    void two_nodes_send_the_refresh_token_once_and_one_of_them_comes_back() throws Exception {
        try (Installation other = Installation.open(Config.from(flow.environment()), flow.clock())) {
            flow.clock().advance(TokenWorld.LIFE);
            CountDownLatch held = world.network.hold();
            TokenSessions elsewhere = world.sessions(other);

            List<TokenAnswer> answers = together(PUBLISHERS, List.of(world.sessions, elsewhere), held);

            assertThat(world.network.refreshes()).hasSize(1);
            assertThat(answers).hasSize(PUBLISHERS).allSatisfy(this::readyOrLater);
            assertThat(answers).anyMatch(TokenAnswer.Ready.class::isInstance);
            assertThat(token(elsewhere.current(world.channel, Deadline.in(SOON))))
                    .isEqualTo(world.stored().accessToken());
            assertThat(world.network.refreshes()).hasSize(1);
        }
    }

    private void readyOrLater(TokenAnswer answer) {
        if (answer instanceof TokenAnswer.Later later) {
            assertThat(later.error().code()).isEqualTo("token_being_renewed");
            assertThat(later.error().category()).isEqualTo(ErrorCategory.SYSTEM_ERROR);
        } else {
            assertThat(token(answer)).isEqualTo(world.stored().accessToken());
        }
    }

    /** All ask while the network holds the renewal, by turns on each of these nodes. */
    private List<TokenAnswer> together(int asking, List<TokenSessions> nodes, CountDownLatch held) throws Exception {
        CountDownLatch begun = new CountDownLatch(asking);
        List<Future<TokenAnswer>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < asking; i++) {
                TokenSessions node = nodes.get(i % nodes.size());
                all.add(threads.submit(() -> {
                    begun.countDown();
                    return node.current(world.channel, Deadline.in(SOON));
                }));
            }
            begun.await();
            Await.within(SOON, world::beingRenewed);
            held.countDown();
        }
        List<TokenAnswer> answers = new ArrayList<>();
        for (Future<TokenAnswer> answer : all) {
            answers.add(answer.get());
        }
        return answers;
    }

    @Test
    void the_refresh_token_is_kept_when_no_other_comes_back() {
        world.network.keepsRefreshTokens();
        String refresh = world.stored().refreshToken();

        for (int i = 0; i < 3; i++) {
            flow.clock().advance(TokenWorld.LIFE);
            assertThat(world.current()).isInstanceOf(TokenAnswer.Ready.class);
        }

        assertThat(world.stored().refreshToken()).isEqualTo(refresh);
        assertThat(world.network.refreshes()).containsExactly(refresh, refresh, refresh);
    }

    @Test
    void a_token_that_the_network_refuses_is_renewed_however_long_it_was_to_last() {
        String first = world.stored().accessToken();
        world.network.endAccessTokens();

        TokenAnswer renewed = world.sessions.renewed(world.channel, first, Deadline.in(SOON));
        TokenAnswer late = world.sessions.renewed(world.channel, first, Deadline.in(SOON));

        assertThat(token(renewed)).isNotEqualTo(first);
        assertThat(token(late)).isEqualTo(token(renewed));
        assertThat(world.network.refreshes()).hasSize(1);
    }

    @Test
    void a_grant_that_has_ended_needs_a_person() {
        flow.clock().advance(TokenWorld.LIFE);
        world.network.endGrants();

        TokenAnswer answer = world.current();

        assertThat(answer).isInstanceOfSatisfying(TokenAnswer.Refused.class, refused -> {
            assertThat(refused.error().category()).isEqualTo(ErrorCategory.AUTH_EXPIRED);
            assertThat(refused.error().retryable()).isFalse();
            assertThat(refused.error().remediation()).contains("startChannelConnection");
        });
    }

    @Test
    void x_has_words_of_its_own_for_a_grant_that_has_ended() {
        flow.clock().advance(TokenWorld.LIFE);
        world.network.nextAnswers(
                400,
                "{\"error\":\"invalid_request\",\"error_description\":\"Value passed for the token was invalid.\"}");

        assertThat(world.current()).isInstanceOf(TokenAnswer.Refused.class);
    }

    @Test
    void tokens_that_the_owner_gives_while_the_old_ones_are_refused_are_used() throws Exception {
        flow.clock().advance(TokenWorld.LIFE);
        world.network.endGrants();
        FakeOAuth.Granted other = world.network.grant("alice");
        CountDownLatch held = world.network.hold();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TokenAnswer> answer = threads.submit(() -> world.current());
            Await.within(SOON, world::beingRenewed);
            world.given(new Tokens(other.accessToken(), other.refreshToken(), null));
            held.countDown();

            assertThat(token(answer.get())).isEqualTo(other.accessToken());
        }
        assertThat(world.beingRenewed()).isFalse();
    }

    /** What says nothing of the grant. */
    enum Trouble {
        SERVER_ERROR(network -> network.nextAnswers(500, "{\"error\":\"server_error\"}")),
        BUSY(network -> network.nextAnswers(429, "{\"error\":\"too_many_requests\"}")),
        LOST(FakeOAuth::nextIsLost),
        NO_JSON(network -> network.nextAnswers(200, "<html>")),
        NO_TOKEN(network -> network.nextAnswers(200, "{\"access_token\":7}")),
        NOT_A_TOKEN(network -> network.nextAnswers(200, "{\"access_token\":\"a b\"}")),
        UNKNOWN_CLIENT(network -> network.nextAnswers(401, "{\"error\":\"invalid_client\"}")),
        OTHER_INVALID_REQUEST(network -> network.nextAnswers(400, "{\"error\":\"invalid_request\"}")),
        A_PROXY(network -> network.nextAnswers(403, "<html>"));

        private final Consumer<FakeOAuth> makes;

        Trouble(Consumer<FakeOAuth> makes) {
            this.makes = makes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trouble_with_the_network_disconnects_nobody_and_is_over_with_the_next_call(Trouble trouble) {
        flow.clock().advance(TokenWorld.LIFE);
        trouble.makes.accept(world.network);

        assertThat(world.current()).isInstanceOf(TokenAnswer.Later.class);
        assertThat(world.beingRenewed()).isFalse();
        assertThat(world.current()).isInstanceOf(TokenAnswer.Ready.class);
    }

    @Test
    void a_token_that_still_holds_is_used_when_it_cannot_be_renewed_yet() {
        flow.clock().advance(TokenWorld.LIFE.minus(Duration.ofSeconds(30)));
        world.network.nextAnswers(500, "{}");

        assertThat(token(world.current())).isEqualTo(world.stored().accessToken());
    }

    @Test
    void whoever_died_over_the_renewal_holds_the_others_up_for_half_a_minute() {
        flow.clock().advance(TokenWorld.LIFE);
        flow.installation()
                .database()
                .write(tx -> tx.createUpdate(
                                "update channel_secrets set renewing_until = :until where channel_id = :channel")
                        .bind("until", flow.clock().instant().plusSeconds(30))
                        .bind("channel", world.channel)
                        .execute());

        flow.clock().advance(Duration.ofSeconds(29));
        assertThat(world.current()).isInstanceOf(TokenAnswer.Later.class);
        assertThat(world.network.refreshes()).isEmpty();
        flow.clock().advance(Duration.ofSeconds(1));
        assertThat(world.current()).isInstanceOf(TokenAnswer.Ready.class);
    }

    @Test
    void without_a_refresh_token_the_network_judges_and_a_person_must_act() {
        var channel = world.channelWith(new Tokens("given", null, flow.clock().instant()));

        assertThat(token(world.sessions.current(channel, Deadline.in(SOON)))).isEqualTo("given");
        assertThat(world.sessions.renewed(channel, "given", Deadline.in(SOON)))
                .isInstanceOfSatisfying(
                        TokenAnswer.Refused.class,
                        refused -> assertThat(refused.error().message()).contains("no refresh token"));
        assertThat(world.network.refreshes()).isEmpty();
    }

    @Test
    void without_a_client_id_it_is_said_what_to_set_and_nobody_is_disconnected() {
        TokenSessions unknown = world.sessions(flow.installation(), null);
        String token = world.stored().accessToken();
        flow.clock().advance(TokenWorld.LIFE);

        assertThat(token(unknown.current(world.channel, Deadline.in(SOON)))).isEqualTo(token);
        assertThat(unknown.renewed(world.channel, token, Deadline.in(SOON)))
                .isInstanceOfSatisfying(TokenAnswer.Later.class, later -> {
                    assertThat(later.error().category()).isEqualTo(ErrorCategory.SYSTEM_ERROR);
                    assertThat(later.error().retryable()).isTrue();
                    assertThat(later.error().message()).contains("FLOW_SANDBOX_CLIENT_ID is not set");
                });
        assertThat(world.network.refreshes()).isEmpty();
    }

    @Test
    void with_neither_a_client_id_nor_a_refresh_token_a_person_must_act() {
        TokenSessions unknown = world.sessions(flow.installation(), null);
        var channel = world.channelWith(new Tokens("given", null, flow.clock().instant()));

        assertThat(unknown.renewed(channel, "given", Deadline.in(SOON))).isInstanceOf(TokenAnswer.Refused.class);
    }

    @Test
    void tokens_that_cannot_be_stored_are_stored_when_the_database_is_back_though_nobody_asks() throws Exception {
        String first = world.stored().accessToken();
        renewedWithoutDatabase();

        Await.within(SOON, () -> !world.stored().accessToken().equals(first));

        assertThat(token(world.current())).isEqualTo(world.stored().accessToken());
        assertThat(world.network.refreshes()).hasSize(1);
    }

    @Test
    void tokens_that_could_not_be_stored_are_stored_before_the_server_stops() throws Exception {
        String first = world.stored().accessToken();
        renewedWithoutDatabase();

        world.sessions.close();

        assertThat(world.stored().accessToken()).isNotEqualTo(first);
    }

    /** The network has given new tokens, and the old ones are over, while nothing can be stored. */
    private void renewedWithoutDatabase() throws Exception {
        flow.clock().advance(TokenWorld.LIFE);
        CountDownLatch held = world.network.hold();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TokenAnswer> answer = threads.submit(() -> world.current());
            Await.within(SOON, world::beingRenewed);
            world.execute("alter table channel_secrets rename to away");
            held.countDown();
            assertThatThrownBy(answer::get).hasCauseInstanceOf(RuntimeException.class);
        }
        world.execute("alter table away rename to channel_secrets");
    }

    @Test
    void what_is_said_and_printed_of_tokens_holds_none() {
        flow.clock().advance(TokenWorld.LIFE);
        world.network.nextAnswers(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\""
                        + world.stored().refreshToken() + " " + FakeOAuth.CLIENT_SECRET + "\"}");
        String before = world.stored().toString();

        TokenAnswer refused = world.current();
        world.network.endAccessTokens();
        TokenAnswer ready = world.sessions.renewed(world.channel, world.stored().accessToken(), Deadline.in(SOON));

        assertThat(List.of(before, refused.toString(), ready.toString()))
                .allSatisfy(text -> assertThat(text).doesNotContain(world.network.secrets()));
    }

    private static String token(TokenAnswer answer) {
        assertThat(answer).isInstanceOf(TokenAnswer.Ready.class);
        return ((TokenAnswer.Ready) answer).accessToken();
    }
}
