package io.flowapi.providers.bluesky;

import static io.flowapi.providers.bluesky.Outcomes.notSent;
import static io.flowapi.providers.bluesky.Outcomes.rejected;
import static io.flowapi.providers.bluesky.Outcomes.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.ErrorCategory;
import io.flowapi.api.model.TargetError;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.AccountConnection;
import io.flowapi.providers.Content;
import io.flowapi.providers.Preparation;
import io.flowapi.providers.PublishOutcome;
import io.flowapi.providers.Resolution;
import io.flowapi.providers.Sending;
import io.flowapi.testing.RealPds;
import io.flowapi.testing.RealPds.Account;
import io.flowapi.testing.Treatment;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One frozen request is one post, whatever is sent again and whatever stands there already. */
class PublishOnceTest {

    private static final String FAMILY = "👨‍👩‍👧‍👦";

    @RegisterExtension
    final BlueskyChannel bluesky = new BlueskyChannel();

    @Test
    void publishes_once_however_often_the_frozen_request_is_sent() {
        Sending sending = bluesky.sending("hello");

        PublishOutcome first = bluesky.publish(sending);
        PublishOutcome second = bluesky.publish(sending);

        PutRecord post = PutRecord.read(sending.request());
        assertThat(List.of(first, second)).allSatisfy(outcome -> {
            var published = (PublishOutcome.Published) outcome;
            String did = bluesky.account.did();
            assertThat(published.providerPostId()).isEqualTo("at://" + did + "/app.bsky.feed.post/" + post.key());
            assertThat(published.url()).isEqualTo("https://bsky.app/profile/" + did + "/post/" + post.key());
        });
        assertThat(bluesky.pds.listPosts(bluesky.account.did()))
                .singleElement()
                .extracting(RealPds.Post::createdAt)
                .isEqualTo("2026-11-23T09:30:00.000Z");
    }

    @Test
    void takes_facets_and_languages() {
        Account friend = bluesky.pds.createAccount(RealPds.freshHandle());
        String text = FAMILY + " @" + friend.handle() + " @no-such-user.test https://example.com/日本 #東京";

        Sending sending =
                bluesky.sending(text, Json.bind(Json.tree("{\"langs\":[\"en\",\"ja\"]}"), TargetOptions.class));

        assertThat(sending.request())
                .contains(friend.did(), "\"langs\":[\"en\",\"ja\"]", "\"swapRecord\":null")
                .contains("facet#link", "facet#tag", "facet#mention")
                .containsOnlyOnce("facet#mention");
        assertThat(bluesky.publish(sending)).isInstanceOf(PublishOutcome.Published.class);
        assertThat(bluesky.texts()).containsExactly(text);
    }

    @Test
    void a_mention_that_cannot_be_looked_up_now_is_tried_again_later() {
        bluesky.proxy.next(1, "resolveHandle", Treatment.answer(502, "{}"));

        Preparation preparation =
                bluesky.world.publisher.prepare(new Content(UUID.randomUUID(), bluesky.channel, "@alice.test", null));

        assertThat(preparation).isInstanceOf(Preparation.Failed.class);
        assertThat(notSent(((Preparation.Failed) preparation).outcome()).code()).isEqualTo("provider_unavailable");
    }

    @Test
    void never_overwrites_another_record() {
        Sending sending = bluesky.sending("mine");
        Sending other = new Sending(
                sending.targetId(),
                bluesky.channel,
                1,
                sending.request().replace("mine", "not mine"),
                sending.startedAt());
        bluesky.publish(other);

        assertThat(rejected(bluesky.publish(sending)).code()).isEqualTo("record_exists_with_other_content");
        assertThat(bluesky.resolve(sending)).isInstanceOf(Resolution.Refused.class);
        assertThat(bluesky.texts()).containsExactly("not mine");
    }

    @Test
    void a_deactivated_account_is_an_issue_of_the_account() {
        Sending sending = bluesky.sending("deactivated");
        bluesky.pds.deactivate(bluesky.account);

        TargetError error = rejected(bluesky.publish(sending));

        assertThat(error.category()).isEqualTo(ErrorCategory.ACCOUNT_ISSUE);
        assertThat(error.providerBody()).contains("AccountDeactivated");
        assertThat(undecided(bluesky.resolve(sending)).code()).isEqualTo("record_not_readable");
        assertThat(bluesky.world.connect(bluesky.pds.url(), bluesky.account.handle(), bluesky.password))
                .extracting(connection ->
                        ((AccountConnection.Refused) connection).error().code())
                .isEqualTo("account_inactive");
    }

    @Test
    void a_channel_without_secrets_publishes_nothing() {
        Sending sending = bluesky.sending("gone");
        Sending elsewhere =
                new Sending(sending.targetId(), UUID.randomUUID(), 1, sending.request(), sending.startedAt());

        assertThat(rejected(bluesky.publish(elsewhere)).code()).isEqualTo("channel_disconnected");
        assertThat(undecided(bluesky.resolve(elsewhere)).code()).isEqualTo("channel_disconnected");
    }

    @Test
    void what_the_server_repeats_of_our_secrets_is_redacted_and_cut() {
        Session session = bluesky.world.session(bluesky.channel);
        String repeated =
                "{\"error\":\"Odd\",\"message\":\"" + session.accessJwt() + "\",\"more\":\"" + "é".repeat(5000) + "\"}";
        bluesky.proxy.next(1, "putRecord", Treatment.answer(403, repeated));

        TargetError error = rejected(bluesky.publish(bluesky.sending("secret")));

        assertThat(error.toString()).doesNotContain(session.accessJwt()).contains("[redacted]");
        assertThat(error.providerBody()).hasSize(4096);
        assertThat(error.providerStatus()).isEqualTo(403);
    }
}
