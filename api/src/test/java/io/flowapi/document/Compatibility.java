package io.flowapi.document;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.MarkdownRender;

/** Whether a client that was written for one document can go on with another. */
final class Compatibility {

    private static final OpenApiDiffOptions OPTIONS = OpenApiDiffOptions.builder()
            // New words of a status or a code are announced as additions: every client must expect them.
            .configProperty("incompatible.response.enum.increased", "false")
            .configProperty("incompatible.request.min.length.increased", "true")
            .build();

    private Compatibility() {}

    /** What would break such a client, in words; empty when nothing would. */
    static Optional<String> broken(String before, String after) {
        ChangedOpenApi change = OpenApiCompare.fromContents(before, after, List.of(), OPTIONS);
        return change.isIncompatible() ? Optional.of(words(change)) : Optional.empty();
    }

    private static String words(ChangedOpenApi change) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        new MarkdownRender().render(change, new OutputStreamWriter(words, StandardCharsets.UTF_8));
        return words.toString(StandardCharsets.UTF_8);
    }
}
