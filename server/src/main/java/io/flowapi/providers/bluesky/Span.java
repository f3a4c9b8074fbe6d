package io.flowapi.providers.bluesky;

/** A part of a text that a reader can follow. The network finds none by itself. */
sealed interface Span {

    /** Of the first char. */
    int start();

    /** Behind the last char. */
    int end();

    record Link(int start, int end, String uri) implements Span {}

    /** @param handle in lower case, without the @ */
    record Mention(int start, int end, String handle) implements Span {}

    /** @param tag without the # */
    record Tag(int start, int end, String tag) implements Span {}
}
