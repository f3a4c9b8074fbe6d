package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;
import org.jspecify.annotations.Nullable;

/** The three places a field error can point at. */
public final class Fields {

    private static final int POINTER_MAX = 1000;
    private static final int NAME_MAX = 100;

    private Fields() {}

    /** @param pointer an RFC 6901 pointer, such as {@code /targets/0/channelId} */
    public static FieldError body(String pointer, String code, String detail) {
        return body(pointer, code, detail, null);
    }

    static FieldError body(String pointer, String code, String detail, @Nullable Long limit) {
        return new FieldError(cut("#" + pointer, POINTER_MAX), null, null, code, detail, limit, null);
    }

    public static FieldError parameter(String name, String code, String detail) {
        return new FieldError(null, cut(name, NAME_MAX), null, code, detail, null, null);
    }

    /** What a client wrote can be longer than the document lets us repeat. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    public static FieldError header(String name, String code, String detail) {
        return new FieldError(null, null, name, code, detail, null, null);
    }

    static String rules(int count) {
        return count == 1 ? "one rule" : count + " rules";
    }
}
