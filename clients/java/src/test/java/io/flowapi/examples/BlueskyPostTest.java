package io.flowapi.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowapi.FlowServer;
import io.flowapi.client.FlowApiException;
import io.flowapi.client.FlowClient;
import io.flowapi.client.ValidationException;
import io.flowapi.client.model.Channel;
import io.flowapi.client.model.ChannelStatus;
import io.flowapi.client.model.ErrorCategory;
import io.flowapi.client.model.FieldError;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.Target;
import io.flowapi.client.model.TargetError;
import io.flowapi.installation.Config;
import io.flowapi.installation.FirstUser;
import io.flowapi.installation.Installation;
import io.flowapi.testing.Flow;
import io.flowapi.testing.RealPds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application sees of Bluesky, from its account to its post: the real client, server and network. */
class BlueskyPostTest {

    @TempDir
    static Path directory;

    private static RealPds pds;
    private static Installation installation;
    private static FlowServer server;
    private static FlowClient flow;

    private RealPds.Account account;
    private String password;

    @BeforeAll
    static void start() {
        RealPds.skipWithout();
        pds = RealPds.shared();
        Map<String, String> settings = new HashMap<>(Flow.UNLIMITED);
        settings.putAll(Map.of("FLOW_PORT", "0", "FLOW_DATA_DIR", directory.toString()));
        Config config = Config.from(settings);
        installation = Installation.open(config);
        FirstUser developer = FirstUser.create(installation).orElseThrow();
        server = new FlowServer(config, installation);
        server.start();
        flow = FlowClient.builder()
                .baseUrl("http://localhost:" + server.port())
                .apiKey(developer.liveKey())
                .build();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            installation.close();
        }
    }

    @BeforeEach
    void account() {
        account = pds.createAccount(RealPds.freshHandle());
        password = pds.createAppPassword(account, "flow");
    }

    private Channel connect() {
        return BlueskyPost.connect(flow, pds.url().toString(), account.handle(), password);
    }

    private RealPds.Post onlyPost() {
        List<RealPds.Post> posts = pds.listPosts(account.did());
        assertThat(posts).hasSize(1);
        return posts.getFirst();
    }

    @Test
    void a_post_is_published_once_and_its_id_and_url_are_the_networks() {
        Channel channel = connect();

        Post post = BlueskyPost.publish(flow, channel, "Hello from Flow");

        assertThat(channel.status()).isEqualTo(ChannelStatus.CONNECTED);
        assertThat(channel.accountId()).isEqualTo(account.did());
        assertThat(channel.accountName()).isEqualTo(account.handle());
        assertThat(post.status()).isEqualTo(PostStatus.PUBLISHED);
        Target target = post.targets().getFirst();
        RealPds.Post shown = onlyPost();
        assertThat(shown.text()).isEqualTo("Hello from Flow");
        assertThat(target.providerPostId()).startsWith("at://").isEqualTo(shown.uri());
        String key = shown.uri().substring(shown.uri().lastIndexOf('/') + 1);
        assertThat(target.url()).isEqualTo("https://bsky.app/profile/" + account.did() + "/post/" + key);
    }

    @Test
    void a_link_a_mention_and_a_hashtag_after_an_emoji_are_cut_out_of_the_bytes_exactly() {
        RealPds.Account friend = pds.createAccount(RealPds.freshHandle());
        String url = "https://example.com/café?q=1";
        String text = "👩‍👩‍👧 é see " + url + ", @" + friend.handle() + " 🇩🇪 #日本語!";

        BlueskyPost.publish(flow, connect(), text);

        RealPds.Post shown = onlyPost();
        assertThat(shown.text()).isEqualTo(text);
        assertThat(shown.facets())
                .extracting(facet -> facet.kind() + " " + cut(shown.text(), facet) + " -> " + facet.value())
                .containsExactly(
                        "link " + url + " -> " + url,
                        "mention @" + friend.handle() + " -> " + friend.did(),
                        "tag #日本語 -> 日本語");
    }

    private static String cut(String text, RealPds.Facet facet) {
        return new String(Arrays.copyOfRange(text.getBytes(UTF_8), facet.byteStart(), facet.byteEnd()), UTF_8);
    }

    @Test
    void a_wrong_password_is_said_at_the_field() {
        FlowApiException refused = catchThrowableOfType(
                ValidationException.class,
                () -> BlueskyPost.connect(flow, pds.url().toString(), account.handle(), "abcd-efgh-ijkl-mnop"));

        assertThat(refused.fieldErrors()).extracting(FieldError::code).containsExactly("credentials_refused");
        assertThat(refused.fieldErrors()).extracting(FieldError::pointer).containsExactly("#/credentials");
    }

    @Test
    void a_deactivated_account_is_said_at_the_target() {
        Channel channel = connect();
        pds.deactivate(account);

        Post post = BlueskyPost.publish(flow, channel, "Nobody reads this");

        assertThat(post.status()).isEqualTo(PostStatus.FAILED);
        TargetError error = post.targets().getFirst().error();
        assertThat(error.category()).isEqualTo(ErrorCategory.ACCOUNT_ISSUE);
        assertThat(error.remediation()).isNotBlank();
    }
}
