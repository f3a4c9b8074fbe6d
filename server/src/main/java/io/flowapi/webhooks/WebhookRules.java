package io.flowapi.webhooks;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flowapi.api.model.EventType;
import io.flowapi.api.model.FieldError;
import io.flowapi.platform.http.Fields;
import io.flowapi.platform.http.TagFreeText;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.platform.net.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the document's schema cannot say of a webhook. All that is broken is found, not only the first. */
public final class WebhookRules {

    private static final String EVERYTHING = "*";
    private static final int HEADERS_MAX = 10;
    private static final int HEADER_NAME_MAX = 100;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What says how a message is carried, what every delivery has, and what would speak for somebody else. */
    private static final Pattern OURS = Pattern.compile(
            "host|content-.*|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|cookie|proxy-.*"
                    + "|forwarded|x-forwarded-.*|webhook-.*|traceparent|user-agent");

    private static final Set<String> TYPES = Stream.of(EventType.values())
            .filter(type -> type != EventType.PING)
            .map(EventType::value)
            .collect(toUnmodifiableSet());

    private final UrlGuard guard;

    public WebhookRules(UrlGuard guard) {
        this.guard = guard;
    }

    /** What is null was not given. */
    List<FieldError> broken(
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable TagFreeText description,
            @Nullable Map<String, String> headers) {
        List<FieldError> errors = new ArrayList<>();
        // The text alone: what its name leads to is judged whenever something is sent, and asking DNS here would tell a
        // stranger what ours answers.
        if (url != null && guard.checkForm(url) instanceof Verdict.Denied(var reason)) {
            errors.add(Fields.body("/url", reason.code(), reason.advice()));
        }
        if (events != null) {
            events(events, errors);
        }
        if (description != null && description.text().isBlank()) {
            errors.add(Fields.body("/description", "required", "The description is blank."));
        }
        if (headers != null) {
            headers(headers, errors);
        }
        return errors;
    }

    private static void events(List<String> events, List<FieldError> errors) {
        if (events.contains(EVERYTHING) && events.size() > 1) {
            errors.add(Fields.body("/events", "excluded", "* is everything: it stands alone."));
        }
        for (int i = 0; i < events.size(); i++) {
            String type = events.get(i);
            if (!type.equals(EVERYTHING) && !TYPES.contains(type)) {
                errors.add(Fields.body(
                        "/events/" + i, "unknown_event", "This is no type of event that a webhook can be told."));
            }
        }
    }

    static List<FieldError> tooMany(Map<String, String> headers) {
        return headers.size() <= HEADERS_MAX
                ? List.of()
                : List.of(Fields.body("/headers", "too_long", "There would be more than " + HEADERS_MAX + " headers."));
    }

    private static void headers(Map<String, String> headers, List<FieldError> errors) {
        Set<String> names = new HashSet<>();
        for (String name : headers.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            String pointer = "/headers/" + name.replace("~", "~0").replace("/", "~1");
            if (!TOKEN.matcher(name).matches() || name.length() > HEADER_NAME_MAX) {
                errors.add(Fields.body(
                        pointer,
                        "header_name",
                        "A name has letters, digits and hyphens, at most " + HEADER_NAME_MAX + "."));
            } else if (OURS.matcher(lower).matches()) {
                errors.add(Fields.body(pointer, "excluded", "This header cannot be set; leave it out."));
            } else if (!names.add(lower)) {
                errors.add(Fields.body(pointer, "duplicate", "This name stands here twice, in upper or lower case."));
            }
        }
    }
}
