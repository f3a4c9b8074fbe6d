package io.flowapi.apikeys;

/** A key at the one moment its secret is known. */
public record NewApiKey(StoredApiKey key, String secret) {

    @Override
    public String toString() {
        return key.prefix();
    }
}
