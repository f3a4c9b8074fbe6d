package io.flowapi.platform.http;

import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import io.flowapi.api.model.FieldError;
import io.flowapi.api.model.ProblemCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the validator's findings into the order of refusal and into our words. Its keys are stable; names of missing and
 * unknown fields stand only in its text.
 */
final class ValidationMessages {

    private static final String BODY_SCHEMA = "validation.request.body.schema.";
    private static final int DETAIL_MAX = 1000;
    private static final Pattern NAMED_FIELD = Pattern.compile("property '([^']+)'");
    /** The validator writes numbers as the JVM's locale does. */
    private static final Pattern GROUPING = Pattern.compile("(?<=\\d)\\D(?=\\d{3}(?!\\d))");

    /** The words of a parser say more of its inside than of the request. */
    private static final Pattern PARSER =
            Pattern.compile("Unable to parse|Source: |com\\.fasterxml|Unrecognized token");

    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
    private static final Pattern NUMBER = Pattern.compile("(\\d+)");

    private ValidationMessages() {}

    static Refusal refusal(List<Message> messages) {
        if (has(messages, "contentType.")) {
            return Refusal.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.")
                    .with("Accept", "application/json");
        }
        List<FieldError> unreadable = errors(messages, key -> !key.startsWith(BODY_SCHEMA));
        if (!unreadable.isEmpty()) {
            ProblemCode code =
                    has(messages, "body.missing") ? ProblemCode.MALFORMED_JSON : ProblemCode.INVALID_PARAMETER;
            return new Refusal(code, "The request cannot be read.", unreadable, Map.of());
        }
        return Refusal.invalid(errors(messages, key -> true));
    }

    static Refusal notAcceptable() {
        return Refusal.of(ProblemCode.NOT_ACCEPTABLE, "The answer is application/json, which Accept excludes.");
    }

    private static boolean has(List<Message> messages, String part) {
        return messages.stream().anyMatch(message -> message.getKey().contains(part));
    }

    private static List<FieldError> errors(List<Message> messages, Predicate<String> keys) {
        // A time breaks its pattern and its format at once; that is one thing to change.
        Map<List<Object>, FieldError> found = new LinkedHashMap<>();
        messages.stream()
                .filter(message -> keys.test(message.getKey()))
                .map(ValidationMessages::error)
                .forEach(error -> found.putIfAbsent(place(error), error));
        return List.copyOf(found.values());
    }

    private static List<Object> place(FieldError error) {
        return Arrays.asList(error.pointer(), error.parameter(), error.header(), error.code());
    }

    private static FieldError error(Message message) {
        Optional<MessageContext> context = message.getContext();
        String parameter = context.flatMap(MessageContext::getParameter)
                .map(named -> named.getName())
                .orElse(null);
        if (message.getKey().startsWith("validation.request.body")) {
            return bodyError(message, context.orElse(null));
        }
        boolean header = context.flatMap(MessageContext::getParameter)
                .map(named -> "header".equals(named.getIn()))
                .orElse(false);
        String name = parameter == null ? quoted(message.getMessage()) : parameter;
        String code = message.getKey().endsWith("query.unexpected") ? "unknown_parameter" : code(message.getKey());
        return header
                ? Fields.header(name, code, sentence(message.getMessage()))
                : Fields.parameter(name, code, sentence(message.getMessage()));
    }

    private static FieldError bodyError(Message message, @Nullable MessageContext context) {
        String instance = Optional.ofNullable(context)
                .flatMap(MessageContext::getPointers)
                .map(MessageContext.Pointers::getInstance)
                .orElse("");
        String code = code(message.getKey());
        // For these two the validator points at the parent.
        boolean names =
                message.getKey().startsWith(BODY_SCHEMA) && (code.equals("required") || code.equals("unknown_field"));
        String pointer = names ? instance + "/" + quoted(message.getMessage()) : instance;
        return Fields.body(pointer, code, sentence(message.getMessage()), limit(code, message));
    }

    private static String quoted(String text) {
        Matcher named = NAMED_FIELD.matcher(text);
        Matcher any = QUOTED.matcher(text);
        return named.find() ? named.group(1) : any.find() ? any.group(1) : "";
    }

    private static @Nullable Long limit(String code, Message message) {
        if (!code.startsWith("too_")) {
            return null;
        }
        Matcher number = NUMBER.matcher(GROUPING.matcher(message.getMessage()).replaceAll(""));
        return number.find() ? Long.valueOf(number.group(1)) : null;
    }

    private static String sentence(String text) {
        if (PARSER.matcher(text).find()) {
            return "This is not a value of the documented form.";
        }
        return Fields.cut(text, DETAIL_MAX);
    }

    private static String code(String key) {
        String keyword = key.substring(key.lastIndexOf('.') + 1);
        return switch (keyword) {
            case "required", "missing" -> "required";
            case "additionalProperties" -> "unknown_field";
            case "maxLength", "maxItems", "maxProperties" -> "too_long";
            case "minLength", "minItems", "minProperties" -> "too_short";
            case "maximum", "minimum" -> "out_of_range";
            case "enum" -> "unknown_value";
            case "type" -> "wrong_type";
            case "uniqueItems" -> "duplicate";
            default -> "wrong_format";
        };
    }
}
