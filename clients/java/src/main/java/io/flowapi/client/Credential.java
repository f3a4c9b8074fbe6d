package io.flowapi.client;

/** The API key, in a type that does not print it. */
final class Credential {

    private final String apiKey;

    Credential(String apiKey) {
        // The HTTP client would refuse it too, with a message that quotes it.
        if (!apiKey.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("apiKey must be visible ASCII characters without spaces");
        }
        this.apiKey = apiKey;
    }

    String authorization() {
        return "Bearer " + apiKey;
    }

    /** The text without the key, for servers that quote the request in an error. */
    String redact(String text) {
        return text.replace(apiKey, "***");
    }
}
