package io.flowapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowapi.client.model.CreateApiKeyRequest;
import io.flowapi.client.model.CreatePostRequest;
import io.flowapi.client.model.CreateTarget;
import io.flowapi.client.model.CreatedApiKey;
import io.flowapi.client.model.Mode;
import io.flowapi.client.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every generated model does, seen at some of them. */
class ModelsTest {

    @Test
    void names_the_field_that_is_missing() {
        assertThatThrownBy(() -> CreatePostRequest.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("CreatePostRequest.content is required");
        assertThatThrownBy(() -> CreatePostRequest.builder().content("x").build())
                .hasMessage("CreatePostRequest.targets is required");
    }

    @Test
    void does_not_change_with_what_it_was_made_from() {
        List<CreateTarget> targets = new ArrayList<>(Samples.HELLO.targets());
        Map<String, String> metadata = new HashMap<>(Map.of("a", "1"));
        CreatePostRequest request = CreatePostRequest.builder()
                .content("x")
                .targets(targets)
                .metadata(metadata)
                .build();

        targets.clear();
        metadata.clear();

        assertThat(request.targets()).hasSize(1);
        assertThat(request.metadata()).hasSize(1);
        assertThatThrownBy(() -> request.targets().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> request.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tells_an_absent_list_from_an_empty_one() {
        assertThat(CreateApiKeyRequest.builder().name("ci").build().scopes()).isNull();
        assertThat(CreateApiKeyRequest.builder()
                        .name("ci")
                        .scopes(List.of())
                        .build()
                        .scopes())
                .isEmpty();
    }

    @Test
    void does_not_print_a_secret() {
        CreatedApiKey key = CreatedApiKey.builder()
                .id(Samples.ID)
                .name("ci")
                .prefix("flow_test_4f")
                .mode(Mode.TEST)
                .addScopes(Scope.POSTS_READ)
                .warnings(List.of())
                .createdAt(FakeTiming.START)
                .secret(StubServer.API_KEY)
                .build();

        assertThat(key.toString()).contains("flow_test_4f", "secret=***").doesNotContain(StubServer.API_KEY);
    }

    @Test
    void knows_its_own_words() {
        assertThat(Scope.of("posts:read")).isEqualTo(Scope.POSTS_READ).hasToString("posts:read");
        assertThat(Scope.of("posts:read").isKnown()).isTrue();
        assertThat(Scope.of("posts:paint").isKnown()).isFalse();
    }
}
