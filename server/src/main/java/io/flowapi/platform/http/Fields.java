package io.flowapi.platform.http;

import io.flowapi.api.model.FieldError;

/** The three places a field error can point at. */
public final class Fields {

    private Fields() {}

    /** @param pointer an RFC 6901 pointer, such as {@code /targets/0/channelId} */
    public static FieldError body(String pointer, String code, String detail) {
        return new FieldError("#" + pointer, null, null, code, detail, null, null);
    }

    public static FieldError parameter(String name, String code, String detail) {
        return new FieldError(null, name, null, code, detail, null, null);
    }

    public static FieldError header(String name, String code, String detail) {
        return new FieldError(null, null, name, code, detail, null, null);
    }

    static String rules(int count) {
        return count == 1 ? "one rule" : count + " rules";
    }
}
