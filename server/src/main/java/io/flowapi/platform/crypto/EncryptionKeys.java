package io.flowapi.platform.crypto;

import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of {@code FLOW_ENCRYPTION_KEY}: {@code id:base64[,id:base64...]}. The first encrypts, all decrypt.
 *
 * @param current the id of the key that encrypts
 */
public record EncryptionKeys(String current, Map<String, SecretKey> byId) {

    private static final int KEY_BYTES = 32;
    private static final int DIFFERENT_BYTES_MIN = 12;

    /**
     * Reads the configured form.
     *
     * @throws IllegalArgumentException naming the entry that is wrong, never its value
     */
    public static EncryptionKeys parse(String configured) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String entry : configured.strip().split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!id.matches("[A-Za-z0-9_-]{1,32}")) {
                throw new IllegalArgumentException("FLOW_ENCRYPTION_KEY is not of the form id:base64[,id:base64...]");
            }
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("FLOW_ENCRYPTION_KEY has the id " + id + " twice");
            }
        }
        return new EncryptionKeys(keys.keySet().iterator().next(), Map.copyOf(keys));
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("FLOW_ENCRYPTION_KEY: the key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "FLOW_ENCRYPTION_KEY: the key " + id + " has " + bytes.length + " bytes, not 32");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** The ids of keys that no random source has made: of 32 random bytes more than 11 differ, always. */
    public List<String> guessable() {
        return byId.entrySet().stream()
                .filter(key -> differentBytes(key.getValue().getEncoded()) < DIFFERENT_BYTES_MIN)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static int differentBytes(byte[] key) {
        BitSet seen = new BitSet();
        for (byte one : key) {
            seen.set(Byte.toUnsignedInt(one));
        }
        return seen.cardinality();
    }

    @Override
    public String toString() {
        return "EncryptionKeys" + byId.keySet();
    }
}
