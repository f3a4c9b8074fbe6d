package io.flowapi.providers;

/** Whether a request could be made. */
public sealed interface Preparation {

    /** The frozen request, as {@link Publisher#publish} will send it. */
    record Ready(String request) implements Preparation {}

    /** It could not; nothing was sent. */
    record Failed(PublishOutcome outcome) implements Preparation {}
}
