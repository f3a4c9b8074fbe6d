package io.flowapi.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM. A sealed text is {@code keyId.base64url(iv, ciphertext, tag)} and opens only in the place it was sealed
 * for, so that it cannot be moved to another row.
 */
public final class Vault {

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final EncryptionKeys keys;
    private final SecureRandom random = new SecureRandom();

    public Vault(EncryptionKeys keys) {
        this.keys = keys;
    }

    /** @param place what the text belongs to, such as a table and a row's key */
    public String seal(byte[] plain, String place) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.byId().get(keys.current()), iv, plain, place);
        byte[] whole = Arrays.copyOf(iv, iv.length + sealed.length);
        System.arraycopy(sealed, 0, whole, iv.length, sealed.length);
        return keys.current() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** @throws IllegalArgumentException when it was not sealed here, for this place, with a key we have */
    public byte[] open(String sealed, String place) {
        int dot = sealed.indexOf('.');
        SecretKey key = dot < 0 ? null : keys.byId().get(sealed.substring(0, dot));
        if (key == null) {
            throw new IllegalArgumentException("sealed with a key that is not here");
        }
        byte[] whole = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
        if (whole.length <= IV_BYTES) {
            throw new IllegalArgumentException("too short to be sealed");
        }
        byte[] iv = Arrays.copyOf(whole, IV_BYTES);
        return run(Cipher.DECRYPT_MODE, key, iv, Arrays.copyOfRange(whole, IV_BYTES, whole.length), place);
    }

    private static byte[] run(int mode, SecretKey key, byte[] iv, byte[] input, String place) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException broken) {
            throw new IllegalArgumentException("cannot be opened here", broken);
        }
    }
}
