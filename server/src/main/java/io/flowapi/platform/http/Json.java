package io.flowapi.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The one JSON dialect of the product: UTF-8, no duplicate keys, nothing after the value, bounded depth. */
public final class Json {

    private static final int DEPTH_MAX = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new MillisecondTimes()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .build());
    }

    private Json() {}

    /** What is stored has milliseconds; what is answered before it is stored must have no more. */
    private static final class MillisecondTimes extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        MillisecondTimes() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return InstantDeserializer.INSTANT.deserialize(json, context).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Reads one JSON value.
     *
     * @throws IOException when the bytes are not UTF-8 or not JSON
     */
    public static JsonNode read(byte[] bytes) throws IOException {
        JsonNode read = MAPPER.readTree(utf8(bytes));
        if (!storable(read)) {
            throw new MalformedInputException(bytes.length);
        }
        return read;
    }

    /** An escape can spell half a character, which UTF-8 cannot, and NUL, which PostgreSQL cannot keep. */
    private static boolean storable(JsonNode node) {
        if (node.isTextual()) {
            return storable(node.textValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!storable(member.getKey())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!storable(child)) {
                return false;
            }
        }
        return true;
    }

    private static boolean storable(String text) {
        return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Reads JSON that we wrote ourselves. */
    public static JsonNode tree(String written) {
        try {
            return MAPPER.readTree(written);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("stored JSON cannot be read", broken);
        }
    }

    /** Binds a value that was validated before. */
    public static <T> T bind(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), unwritable);
        }
    }

    public static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Jackson guesses the encoding and reads over broken bytes; this does neither. */
    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
