package io.flowapi.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.platform.http.Reading;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The document as this server gives it away: with itself as the only server. */
final class ServedDocument {

    /** Writes as the build does, so that the rest of the text stays as it is. */
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private ServedDocument() {}

    static Reading reading(String document, Supplier<String> publicUrl) {
        return new Reading("/openapi.yaml", "application/yaml", () -> withServer(document, publicUrl.get()));
    }

    private static byte[] withServer(String document, String url) {
        try {
            ObjectNode served = (ObjectNode) YAML.readTree(document);
            served.putArray("servers").addObject().put("url", url);
            return YAML.writeValueAsString(served).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
