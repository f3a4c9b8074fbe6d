package io.flowapi.platform.http;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.io.OutputStream;
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

        /** An offset can move a time into a year that RFC 3339 cannot write. */
        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

        private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

        MillisecondTimes() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            Instant read = InstantDeserializer.INSTANT.deserialize(json, context);
            if (read.isBefore(FIRST) || !read.isBefore(END)) {
                throw JsonMappingException.from(json, "no year of four digits");
            }
            return read.truncatedTo(ChronoUnit.MILLIS);
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

    /**
     * An escape can spell half a character, which UTF-8 cannot, and NUL, which PostgreSQL cannot keep; and a number can be too
     * large for anybody to reckon with.
     */
    private static boolean storable(JsonNode node) {
        if (node.isTextual()) {
            return storable(node.textValue());
        }
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            return false;
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

    /** Where in the value a failed {@link #bind} stumbled, as an RFC 6901 pointer; empty for the whole. */
    static String pointer(IllegalArgumentException unbound) {
        if (!(unbound.getCause() instanceof JsonMappingException broken)) {
            return "";
        }
        return broken.getPath().stream().map(Json::step).collect(joining());
    }

    private static String step(JsonMappingException.Reference to) {
        String name = to.getFieldName();
        return "/" + (name == null ? to.getIndex() : name.replace("~", "~0").replace("/", "~1"));
    }

    /** How many bytes a value takes as JSON, without holding them. */
    static long size(Object value) {
        Count count = new Count();
        try {
            MAPPER.writeValue(count, value);
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), unwritable);
        }
        return count.bytes;
    }

    private static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
        }
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
