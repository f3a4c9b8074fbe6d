package io.flowapi.contracts;

import static io.flowapi.contracts.Bodies.parameter;
import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.client.ChannelsApi.DeleteChannelQuery;
import io.flowapi.client.ConflictException;
import io.flowapi.client.NotFoundException;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.CreateChannelRequest;
import io.flowapi.client.model.ProblemCode;
import io.flowapi.client.model.Provider;
import io.flowapi.client.model.UpdateChannelRequest;
import io.flowapi.client.model.Warning;
import org.junit.jupiter.api.Test;

class ChannelsConsumerTest {

    private static final String CHANNELS = "/v1/channels";
    private static final String ONE = CHANNELS + "/${channelId}";

    @Test
    void lists_its_channels() {
        given("a sandbox channel")
                .get("listChannels", CHANNELS)
                .answers(200, Bodies.page(Bodies::channel))
                .to(flow -> assertThat(flow.channels().listChannels().data())
                        .extracting(Channel::provider)
                        .containsExactly(Provider.SANDBOX));
    }

    @Test
    void connects_a_sandbox_channel() {
        given("an API key")
                .post("createChannel", CHANNELS)
                .body(body -> {
                    body.stringType("name", "Sandbox");
                    body.stringValue("provider", "sandbox");
                })
                .answers(201, Bodies::channel)
                .to(flow -> {
                    Channel channel = flow.channels()
                            .createChannel(CreateChannelRequest.builder()
                                    .name("Sandbox")
                                    .provider(Provider.SANDBOX)
                                    .build());
                    assertThat(channel.version()).isEqualTo(1);
                });
    }

    @Test
    void is_told_what_was_removed_from_a_name() {
        given("a sandbox channel")
                .patch("updateChannel to a name with HTML tags", ONE)
                .body(body -> body.stringValue("name", "<b>Renamed</b>"))
                .answers(200, Bodies.warned(Bodies::channel))
                .to(flow -> assertThat(flow.channels()
                                .updateChannel(
                                        ID,
                                        UpdateChannelRequest.builder()
                                                .name("<b>Renamed</b>")
                                                .build())
                                .warnings())
                        .extracting(Warning::pointer)
                        .containsExactly("#/name"));
    }

    @Test
    void reads_a_channel() {
        given("a sandbox channel")
                .get("getChannel", ONE)
                .answers(200, Bodies::channel)
                .to(flow -> assertThat(flow.channels().getChannel(ID).id()).isEqualTo(ID));
    }

    @Test
    void is_told_that_a_channel_does_not_exist() {
        given("nothing with this id")
                .get("getChannel for an unknown id", CHANNELS + "/" + ID)
                .refuses(404, ProblemCode.NOT_FOUND)
                .to(NotFoundException.class, flow -> flow.channels().getChannel(ID));
    }

    @Test
    void renames_a_channel() {
        given("a sandbox channel")
                .patch("updateChannel", ONE)
                .body(body -> body.stringType("name", "Renamed"))
                .answers(200, Bodies::channel)
                .to(flow -> assertThat(flow.channels()
                                .updateChannel(
                                        ID,
                                        UpdateChannelRequest.builder()
                                                .name("Renamed")
                                                .build())
                                .id())
                        .isEqualTo(ID));
    }

    @Test
    void deletes_a_channel() {
        given("a sandbox channel")
                .delete("deleteChannel", ONE)
                .answers(204)
                .to(flow -> flow.channels().deleteChannel(ID));
    }

    @Test
    void is_told_which_posts_wait_for_a_channel() {
        given("a scheduled post")
                .delete("deleteChannel that a post waits for", ONE)
                .refuses(409, ProblemCode.CHANNEL_IN_USE, parameter("cancelScheduled", "post_waiting"))
                .to(ConflictException.class, flow -> flow.channels().deleteChannel(ID));
    }

    @Test
    void deletes_a_channel_with_what_waits_for_it() {
        given("a scheduled post")
                .delete("deleteChannel and cancel what waits for it", ONE)
                .query("cancelScheduled=true")
                .answers(204)
                .to(flow -> flow.channels()
                        .deleteChannel(
                                ID,
                                DeleteChannelQuery.builder()
                                        .cancelScheduled(true)
                                        .build()));
    }

    @Test
    void reads_what_a_sandbox_network_shows() {
        given("a published post")
                .get("listChannelTimeline", ONE + "/timeline")
                .answers(200, Bodies.page(entry -> {
                    entry.uuid("id", ID);
                    entry.uuid("targetId", ID);
                    entry.stringType("content", "Hello from Flow");
                    Bodies.time(entry, "createdAt");
                }))
                .to(flow -> assertThat(flow.channels().listChannelTimeline(ID).data())
                        .hasSize(1));
    }

    @Test
    void reads_what_a_network_demands_of_a_post() {
        given("a sandbox channel")
                .get("getChannelRules", ONE + "/rules")
                .answers(200, body -> body.array("rules", rules -> {}))
                .to(flow ->
                        assertThat(flow.channels().getChannelRules(ID).rules()).isEmpty());
    }

    @Test
    void reads_what_a_network_lets_a_channel_send() {
        given("a channel that has used up its quota")
                .get("getChannelQuota", ONE + "/quota")
                .answers(
                        200,
                        body -> body.minArrayLike("windows", 1, window -> {
                            window.stringType("name", "posts");
                            window.integerType("limit", 100);
                            window.integerType("remaining", 0);
                            Bodies.time(window, "resetAt");
                            Bodies.time(window, "observedAt");
                        }))
                .to(flow -> assertThat(flow.channels().getChannelQuota(ID).windows())
                        .hasSize(1));
    }
}
