package io.flowapi.bluesky;

import io.flowapi.testing.Treatment;

/** What a server answers when it is not well, and what the API says of it when nothing was to be published yet. */
enum Trouble {
    SERVER_ERROR(
            Treatment.answer(500, "{\"error\":\"InternalServerError\",\"message\":\"Internal Server Error\"}"),
            "provider_error provider_unavailable 500, retryable. " + TroubledNetwork.WAIT),
    BAD_GATEWAY(
            Treatment.raw("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n"
                    + "<html>nginx</html>\r\n"),
            "provider_error provider_unavailable 502, retryable. " + TroubledNetwork.WAIT),
    GARBAGE(
            Treatment.raw("no http at all\r\n\r\n"),
            "provider_error provider_unavailable -, retryable. " + TroubledNetwork.WAIT),
    OTHER_JSON(
            Treatment.answer(200, "{\"hello\":\"world\"}"),
            "provider_error provider_unavailable 200, retryable. " + TroubledNetwork.WAIT),
    NO_JSON(
            Treatment.answer(200, "[1, 2"),
            "provider_error provider_unavailable 200, retryable. " + TroubledNetwork.WAIT),
    RATE_LIMIT(
            Treatment.answer(429, "{\"error\":\"RateLimitExceeded\",\"message\":\"Rate Limit Exceeded\"}"),
            "rate_limited rate_limited 429, retryable. " + TroubledNetwork.LIMITED),
    RATE_LIMIT_OF_A_GATEWAY(
            Treatment.answer(429, "<html>slow down</html>", "Retry-After: 90"),
            "rate_limited rate_limited 429, retryable. " + TroubledNetwork.LIMITED);

    final Treatment treatment;

    /** After the status of the target, as {@link TroubledNetwork#said} writes it. */
    final String said;

    Trouble(Treatment treatment, String said) {
        this.treatment = treatment;
        this.said = said;
    }
}
