package io.flowapi.client;

import io.flowapi.client.model.Post;
import java.time.Duration;

/** The time to wait is over and the post still has a target without an end. It goes on without the waiting client. */
@SuppressWarnings("serial")
public final class PostNotSettledException extends FlowException {

    private final transient Post post;

    PostNotSettledException(Post post, Duration waited) {
        super("post " + post.id() + " is still " + post.status() + " after " + waited);
        this.post = post;
    }

    /** The post as last seen. */
    public Post post() {
        return post;
    }
}
