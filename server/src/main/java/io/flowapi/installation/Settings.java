package io.flowapi.installation;

import io.flowapi.installation.Config.UnusableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the environment variable by variable and collects what is wrong with it, to be named all at once. */
final class Settings {

    private static final int DIGITS_MAX = 9;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The variable's text; null when it is unset or blank. */
    @Nullable
    String text(String name) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    String text(String name, String unset) {
        String text = environment.get(name);
        return text == null ? unset : text;
    }

    /** A whole number from 0 on. */
    int number(String name, int unset, int max) {
        return number(name, unset, 0, max);
    }

    int number(String name, int unset, int min, int max) {
        String text = text(name, Integer.toString(unset));
        int number = text.matches("\\d{1," + DIGITS_MAX + "}") ? Integer.parseInt(text) : -1;
        if (number >= min && number <= max) {
            return number;
        }
        problem(name + " must be a number from " + min + " to " + max);
        return unset;
    }

    /** What the parser makes of the text; its message, which must not repeat a secret, becomes the problem. */
    <T> T parsed(String name, Function<String, T> parser) {
        try {
            return parser.apply(text(name, ""));
        } catch (IllegalArgumentException malformed) {
            problem(name + " " + malformed.getMessage());
            return parser.apply("");
        }
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** @throws UnusableException when anything was wrong */
    void throwIfUnusable() {
        if (!problems.isEmpty()) {
            throw new UnusableException(problems);
        }
    }
}
