package io.flowapi.platform.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.flowapi.api.model.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is the same for every problem of one code, as {@code x-problems} in the document says it.
 *
 * @param meaning what was refused and why, in sentences; code stands between backticks
 * @param remedy what the caller can do, in the same way
 */
public record ProblemKind(int status, String title, boolean retryable, String meaning, String remedy) {

    private static final Map<ProblemCode, ProblemKind> ALL = read();

    public static ProblemKind of(ProblemCode code) {
        return ALL.get(code);
    }

    private static Map<ProblemCode, ProblemKind> read() {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        Map<ProblemCode, ProblemKind> kinds = new EnumMap<>(ProblemCode.class);
        try (InputStream document = ProblemKind.class.getResourceAsStream("/io/flowapi/openapi.yaml")) {
            JsonNode described = yaml.readTree(document).at("/components/schemas/ProblemCode/x-problems");
            for (ProblemCode code : ProblemCode.values()) {
                kinds.put(code, yaml.treeToValue(described.required(code.value()), ProblemKind.class));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return kinds;
    }
}
