package io.flowapi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What every answer tells browsers, whoever gives it. */
public final class SecurityHeaders {

    public static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "1; mode=block",
            "Referrer-Policy", "strict-origin-when-cross-origin",
            "Vary", "Origin");

    private SecurityHeaders() {}

    /** Holds the answer to having each of them once. */
    public static void hasAlways(Answer answer) {
        ALWAYS.forEach((name, value) -> assertThat(answer.headers().allValues(name))
                .as("%s of %s", name, answer.status())
                .containsExactly(value));
    }
}
