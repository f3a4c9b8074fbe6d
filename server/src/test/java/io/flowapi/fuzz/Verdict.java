package io.flowapi.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.testing.Answer;
import io.flowapi.testing.DocumentCheck;
import io.flowapi.testing.Documented;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds an answer to what every answer must be. */
final class Verdict {

    /** Words of our inside, which are nobody's business. */
    private static final Pattern INSIDE =
            Pattern.compile("Exception|com\\.fasterxml|io\\.helidon|io\\.flowapi|org\\.jdbi|SQLITE|org\\.postgresql");

    private Verdict() {}

    /** What is wrong with an answer; empty when nothing is. */
    static Optional<String> on(Sent sent, Optional<Answer> answered) {
        if (answered.isEmpty()) {
            return sent.mayBeDropped() ? Optional.empty() : Optional.of("no answer");
        }
        Answer answer = answered.get();
        if (answer.status() >= 500) {
            return Optional.of("a fault of the server, " + answer.status());
        }
        String id = answer.header("X-Request-Id");
        if (id.isEmpty() || id.startsWith("fuzz-") && !id.equals("fuzz-" + sent.number())) {
            return Optional.of("the answer to another request, " + id);
        }
        if (!answer.header("X-Evil").isEmpty()) {
            return Optional.of("a header of the request in the answer");
        }
        return unpromised(sent, answer).or(() -> malformed(sent, answer)).or(() -> undeclared(sent, answer));
    }

    private static Optional<String> unpromised(Sent sent, Answer answer) {
        boolean state = answer.status() == 409 && !sent.method().equals("GET");
        boolean stale = answer.status() == 412 && sent.header("If-Match") != null;
        return sent.valid() && answer.status() >= 300 && !state && !stale
                ? Optional.of("a valid request was refused with " + answer.status())
                : Optional.empty();
    }

    private static Optional<String> malformed(Sent sent, Answer answer) {
        if (answer.status() < 400 || sent.method().equals("HEAD")) {
            return Optional.empty();
        }
        if (!answer.header("Content-Type").equals("application/problem+json")) {
            return Optional.of("a refusal that is no problem document, " + answer.status());
        }
        JsonNode problem = answer.body();
        if (problem.path("status").asInt() != answer.status()
                || !problem.path("requestId").asText().equals(answer.header("X-Request-Id"))) {
            return Optional.of("a problem document that contradicts its answer, " + answer.status());
        }
        return INSIDE.matcher(answer.text()).find()
                ? Optional.of("a refusal that tells of the inside")
                : Optional.empty();
    }

    private static Optional<String> undeclared(Sent sent, Answer answer) {
        // The framework reads methods without regard to case.
        String method = sent.method().toUpperCase(Locale.ROOT);
        Optional<Documented> operation = Documented.of(method.equals("HEAD") ? "GET" : method, sent.path());
        if (operation.isEmpty()) {
            return answer.status() < 400
                    ? Optional.of("a success of no operation, " + answer.status())
                    : Optional.empty();
        }
        if (!operation.get().declares(answer.status())) {
            return Optional.of("an undeclared status, " + answer.status());
        }
        try {
            DocumentCheck.check(method, sent.target(), answer);
            return Optional.empty();
        } catch (AssertionError breaks) {
            return Optional.of("an answer that breaks the document, " + answer.status() + ": " + breaks.getMessage());
        }
    }
}
