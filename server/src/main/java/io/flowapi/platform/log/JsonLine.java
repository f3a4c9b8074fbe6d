package io.flowapi.platform.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** One JSON object in one line of ASCII, so that no terminal, viewer or collector can be told anything by its content. */
final class JsonLine {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final String REQUEST_ID = "requestId";
    private static final int TEXT_MAX = 2_048;
    private static final int LONG_TEXT_MAX = 16_384;

    private JsonLine() {}

    /** A line of these fields. */
    static String of(Map<String, String> fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.writeStringField(field.getKey(), clean(field.getKey(), field.getValue(), LONG_TEXT_MAX));
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.toString();
    }

    /** The same object as this text, made harmless; empty when the text is not one JSON object. */
    static Optional<String> of(String object) {
        StringWriter line = new StringWriter();
        try (JsonParser from = JSON.createParser(object);
                JsonGenerator to = JSON.createGenerator(line)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            copy(from, to);
            return from.nextToken() == null ? finished(line, to) : Optional.empty();
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static void copy(JsonParser from, JsonGenerator to) throws IOException {
        String name = "";
        for (int depth = 0; ; from.nextToken()) {
            switch (from.currentToken()) {
                case FIELD_NAME -> {
                    name = from.currentName();
                    to.writeFieldName(clean("", name, TEXT_MAX));
                }
                case VALUE_STRING -> to.writeString(clean(name, from.getText(), TEXT_MAX));
                case null -> throw new IOException("The object has no end.");
                default -> to.copyCurrentEvent(from);
            }
            depth += from.currentToken().isStructStart()
                    ? 1
                    : from.currentToken().isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    private static Optional<String> finished(StringWriter line, JsonGenerator to) throws IOException {
        to.flush();
        return Optional.of(line.toString());
    }

    /** The id of a request is its client's to choose, and was held to its form. */
    private static String clean(String name, String text, int max) {
        if (Secrets.isNamed(name)) {
            return Secrets.REDACTED;
        }
        String hidden = name.equals(REQUEST_ID) ? Secrets.hideButLongWords(text) : Secrets.hide(text);
        // DEL is the one control character that is ASCII and that JSON does not escape.
        return Cut.to(max, hidden).replace('\u007f', '\ufffd');
    }
}
