package io.flowapi.reference;

import static java.util.stream.Collectors.joining;

import io.flowapi.platform.http.Reading;
import java.nio.charset.StandardCharsets;

/** Where {@code docs} of every rule leads: docs/rules.md as a page, with a place for each rule. */
final class RulesPage {

    private RulesPage() {}

    static Reading reading() {
        byte[] page = page(new ClassPathFile("/reference/rules.md").text()).getBytes(StandardCharsets.UTF_8);
        return new Reading("/docs/rules", "text/html; charset=utf-8", () -> page);
    }

    private static String page(String markdown) {
        String body = markdown.strip().lines().collect(joining("\n"));
        StringBuilder blocks = new StringBuilder();
        for (String block : body.split("\n\n")) {
            blocks.append(block(block)).append('\n');
        }
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Rules - Flow API</title>
                <link rel="icon" href="../docs/favicon.png">
                <link rel="stylesheet" href="../docs/page.css">
                </head>
                <body>
                <main>
                %s</main>
                <nav aria-label="More"><a href="../docs">All operations</a></nav>
                </body>
                </html>
                """.formatted(blocks);
    }

    /** The file has headings, lists and paragraphs, and nothing else. */
    private static String block(String block) {
        if (block.startsWith("## ")) {
            String id = block.substring(3);
            return "<h2 id=\"%1$s\">%1$s</h2>".formatted(Html.text(id));
        }
        if (block.startsWith("# ")) {
            return "<h1>" + Html.text(block.substring(2)) + "</h1>";
        }
        if (block.startsWith("- ")) {
            return block.lines()
                    .map(line -> "<li>" + Html.text(line.substring(2)) + "</li>")
                    .collect(joining("\n", "<ul>\n", "\n</ul>"));
        }
        return "<p>" + Html.text(block) + "</p>";
    }
}
