package io.flowapi.providers;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The networks of this installation. */
public final class Publishers {

    private final Map<Provider, Publisher> byProvider;

    public Publishers(List<Publisher> publishers) {
        byProvider = publishers.stream().collect(toMap(Publisher::provider, Function.identity()));
        if (byProvider.size() != Provider.values().length) {
            throw new IllegalArgumentException("a provider of the document has no publisher");
        }
    }

    public Publisher of(Provider provider) {
        return byProvider.get(provider);
    }
}
