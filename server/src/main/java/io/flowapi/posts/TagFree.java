package io.flowapi.posts;

import static java.util.Comparator.comparing;

import io.flowapi.api.model.CreatePostRequest;
import io.flowapi.api.model.CreateTarget;
import io.flowapi.api.model.UpdatePostRequest;
import io.flowapi.api.model.Warning;
import io.flowapi.platform.http.TagFreeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request without the HTML tags in its texts, and a warning for each text that had some. Whatever judges the texts is to
 * see them like this.
 */
record TagFree<T>(T request, List<Warning> warnings) {

    private static final String CONTENT = "#/content";

    static TagFree<CreatePostRequest> of(CreatePostRequest sent) {
        List<Warning> warnings = new ArrayList<>();
        CreatePostRequest request = new CreatePostRequest(
                text(sent.content(), CONTENT, warnings),
                targets(sent.targets(), warnings),
                sent.scheduledAt(),
                sent.publishNow(),
                sent.externalId(),
                sent.metadata(),
                sent.allowDuplicate());
        return new TagFree<>(request, List.copyOf(warnings));
    }

    /** @param sent what is to change; null where it does not */
    static TagFree<UpdatePostRequest> of(UpdatePostRequest sent) {
        List<Warning> warnings = new ArrayList<>();
        UpdatePostRequest request = new UpdatePostRequest(
                sent.content() == null ? null : text(sent.content(), CONTENT, warnings),
                sent.targets() == null ? null : targets(sent.targets(), warnings),
                sent.scheduledAt(),
                sent.externalId(),
                sent.metadata(),
                sent.allowDuplicate());
        return new TagFree<>(request, List.copyOf(warnings));
    }

    /** A post as it will be: the merged one, with the texts of the change as they are here. */
    static UpdatePostRequest merged(UpdatePostRequest merged, UpdatePostRequest change) {
        return new UpdatePostRequest(
                change.content() == null ? merged.content() : change.content(),
                change.targets() == null ? merged.targets() : change.targets(),
                merged.scheduledAt(),
                merged.externalId(),
                merged.metadata(),
                merged.allowDuplicate());
    }

    /** What is to be said of a post after a change: what was said of the texts that stay, and of the new ones. */
    static List<Warning> warnings(List<Warning> before, TagFree<UpdatePostRequest> change) {
        UpdatePostRequest request = change.request;
        Stream<Warning> stay = before.stream()
                .filter(warning -> ofContent(warning) ? request.content() == null : request.targets() == null);
        return Stream.concat(stay, change.warnings.stream())
                .sorted(comparing(warning -> !ofContent(warning)))
                .toList();
    }

    private static boolean ofContent(Warning warning) {
        return warning.pointer().equals(CONTENT);
    }

    private static List<CreateTarget> targets(List<CreateTarget> sent, List<Warning> warnings) {
        List<CreateTarget> targets = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            CreateTarget target = sent.get(i);
            String own = target.content();
            targets.add(new CreateTarget(
                    target.channelId(),
                    own == null ? null : text(own, "#/targets/" + i + "/content", warnings),
                    target.options()));
        }
        return targets;
    }

    private static String text(String sent, String pointer, List<Warning> warnings) {
        TagFreeText free = TagFreeText.of(sent, pointer);
        warnings.addAll(free.warnings());
        return free.text();
    }
}
