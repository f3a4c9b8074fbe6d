package io.flowapi.providers.linkedin;

import io.flowapi.api.model.Audience;
import io.flowapi.api.model.TargetOptions;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The frozen request: the body as it is sent, each time to the byte, for LinkedIn knows it again by its content. */
final class FrozenPost {

    private FrozenPost() {}

    static String json(String author, Content content) {
        TargetOptions options = content.options();
        Audience audience = options == null || options.audience() == null ? Audience.PUBLIC : options.audience();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("author", author);
        body.put("commentary", LittleText.escape(content.text()));
        body.put("visibility", audience.value().toUpperCase(Locale.ROOT));
        body.put("distribution", distribution());
        body.put("lifecycleState", "PUBLISHED");
        body.put("isReshareDisabledByAuthor", options != null && Boolean.TRUE.equals(options.reshareDisabled()));
        return Json.text(body);
    }

    private static Map<String, Object> distribution() {
        Map<String, Object> distribution = new LinkedHashMap<>();
        distribution.put("feedDistribution", "MAIN_FEED");
        distribution.put("targetEntities", List.of());
        distribution.put("thirdPartyDistributionChannels", List.of());
        return distribution;
    }
}
