package io.flowapi.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a webhook and its receiver share, in a type that does not print it. */
final class WebhookSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    /** 16 to 64 bytes: the specification asks for 24 at least, and has an example of 18. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{22,86}={0,2}");

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static List<WebhookSecret> all(String... secrets) {
        if (secrets.length == 0) {
            throw new IllegalArgumentException("at least one secret is needed");
        }
        return Arrays.stream(secrets).map(WebhookSecret::parse).toList();
    }

    /** The messages do not quote what was given: it may be a secret with one character too many. */
    private static WebhookSecret parse(String secret) {
        if (secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("a secret is empty");
        }
        String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "";
        if (!BASE64.matcher(base64).matches()) {
            throw new IllegalArgumentException("a secret is not " + PREFIX + " and base64 of 16 to 64 bytes");
        }
        try {
            return new WebhookSecret(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException wrongEnd) {
            throw new IllegalArgumentException("a secret was cut off, or has a character too many", wrongEnd);
        }
    }

    /** The signature as it stands in the header. */
    String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }
}
