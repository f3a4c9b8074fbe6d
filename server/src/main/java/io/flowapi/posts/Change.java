package io.flowapi.posts;

import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.Post;
import io.flowapi.api.model.PostStatus;
import io.flowapi.platform.http.Refusal;
import java.util.List;

/** What came of a request to make or change a post. */
sealed interface Change {

    record Done(Post post) implements Change {}

    record Broken(List<FieldError> errors) implements Change {}

    record NotFound() implements Change {}

    record WrongStatus(PostStatus status) implements Change {}

    /** Another post shows the same. */
    record Duplicate(List<FieldError> same) implements Change {}

    /** The caller has seen another version. */
    record Stale(Refusal refusal) implements Change {}
}
