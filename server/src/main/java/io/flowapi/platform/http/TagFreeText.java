package io.flowapi.platform.http;

import io.flowapi.api.model.Warning;
import io.flowapi.platform.html.HtmlTags;
import java.util.List;

/** A text without the HTML tags it was sent with, and a warning if it had some. */
public record TagFreeText(String text, List<Warning> warnings) {

    /** @param pointer where it stands in the body, such as {@code #/content} */
    public static TagFreeText of(String sent, String pointer) {
        HtmlTags.Remainder remainder = HtmlTags.remove(sent);
        if (remainder.removed() == 0) {
            return new TagFreeText(sent, List.of());
        }
        String what = remainder.removed() == 1 ? "One HTML tag was" : remainder.removed() + " HTML tags were";
        return new TagFreeText(remainder.text(), List.of(new Warning("html_removed", pointer, what + " removed.")));
    }

    public static TagFreeText ofName(String sent) {
        return of(sent, "#/name");
    }

    /** @param json what {@link Json#text} made of them */
    public static List<Warning> warnings(String json) {
        return List.of(Json.bind(Json.tree(json), Warning[].class));
    }
}
