package io.flowapi.reference;

import static java.util.stream.Collectors.joining;

import io.flowapi.api.model.ProblemCode;
import io.flowapi.platform.http.ProblemKind;
import io.flowapi.platform.http.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Where the {@code type} of every problem leads: a page for each code, and the list of them. */
final class ProblemPages {

    private ProblemPages() {}

    /** Made at once, so that a code that the document does not describe is found when the server starts. */
    static Stream<Reading> readings() {
        return Stream.concat(
                Stream.of(html("/problems", list())),
                Arrays.stream(ProblemCode.values()).map(code -> html("/problems/" + code.value(), page(code))));
    }

    private static Reading html(String path, String page) {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        return new Reading(path, "text/html; charset=utf-8", () -> bytes);
    }

    private static String page(ProblemCode code) {
        ProblemKind kind = ProblemKind.of(code);
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%2$s (%1$s) - Flow API</title>
                <link rel="icon" href="../docs/favicon.png">
                <link rel="stylesheet" href="../docs/page.css">
                </head>
                <body>
                <main>
                <h1>%2$s</h1>
                <p>Code <code>%1$s</code>, status %3$d</p>
                <h2>What it means</h2>
                <p>%4$s</p>
                <h2>What to do</h2>
                <p>%5$s</p>
                <h2>Try again?</h2>
                <p>%6$s</p>
                </main>
                <nav aria-label="More"><a href="../problems">All problems</a>, <a href="../docs">all operations</a></nav>
                </body>
                </html>
                """.formatted(
                        code.value(),
                        Html.text(kind.title()),
                        kind.status(),
                        Html.text(kind.meaning()),
                        Html.text(kind.remedy()),
                        again(kind));
    }

    private static String again(ProblemKind kind) {
        return kind.retryable()
                ? "Yes: the same request can succeed later."
                : "No: the same request is refused again until what it says, or what it speaks of, has changed.";
    }

    private static String list() {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Problems - Flow API</title>
                <link rel="icon" href="docs/favicon.png">
                <link rel="stylesheet" href="docs/page.css">
                </head>
                <body>
                <main>
                <h1>Problems</h1>
                <p>Every refusal is one of these. Its <code>code</code> and <code>retryable</code> are for programs, its
                <code>detail</code> is for people.</p>
                <table>
                <thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Try again</th>\
                <th scope="col">Title</th></tr></thead>
                <tbody>
                %s
                </tbody>
                </table>
                </main>
                <nav aria-label="More"><a href="docs">All operations</a></nav>
                </body>
                </html>
                """.formatted(
                Arrays.stream(ProblemCode.values()).map(ProblemPages::row).collect(joining("\n")));
    }

    private static String row(ProblemCode code) {
        ProblemKind kind = ProblemKind.of(code);
        return """
                <tr><th scope="row"><a href="problems/%1$s"><code>%1$s</code></a></th><td>%2$d</td><td>%3$s</td>\
                <td>%4$s</td></tr>\
                """.formatted(code.value(), kind.status(), kind.retryable() ? "yes" : "no", Html.text(kind.title()));
    }
}
