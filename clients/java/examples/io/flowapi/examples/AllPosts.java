package io.flowapi.examples;

import io.flowapi.client.FlowClient;
import io.flowapi.client.PostsApi.ListPostsQuery;
import io.flowapi.client.model.Post;
import io.flowapi.client.model.PostStatus;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Goes through long lists; the client fetches page after page. */
final class AllPosts {

    private AllPosts() {}

    public static void main(String[] arguments) {
        FlowClient flow = FlowClient.fromEnv();
        System.out.println(countByStatus(flow));
        newestFailure(flow).ifPresent(post -> System.out.println("last failed: " + post.content()));
    }

    static Map<PostStatus, Integer> countByStatus(FlowClient flow) {
        // A larger page needs fewer requests.
        ListPostsQuery query = ListPostsQuery.builder().limit(100).build();
        return flow.posts().listPostsAll(query).stream()
                .collect(Collectors.groupingBy(Post::status, Collectors.summingInt(post -> 1)));
    }

    /** Fetches no more pages than it needs. */
    static Optional<Post> newestFailure(FlowClient flow) {
        for (Post post : flow.posts().listPostsAll()) {
            if (post.status().equals(PostStatus.FAILED)) {
                return Optional.of(post);
            }
        }
        return Optional.empty();
    }
}
