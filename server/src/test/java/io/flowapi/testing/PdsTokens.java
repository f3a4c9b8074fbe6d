package io.flowapi.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes access tokens as the {@link RealPds} does, because none can be waited for until it expires. */
final class PdsTokens {

    // As in pds.js.
    private static final String SECRET = "the jwt secret of the test server";

    private PdsTokens() {}

    /** As after a login with an app password. */
    static String accessToken(String did, Instant issued, Instant expires) {
        String claims = "{\"scope\":\"com.atproto.appPass\",\"aud\":\"did:web:localhost\",\"sub\":\"" + did
                + "\",\"iat\":" + issued.getEpochSecond() + ",\"exp\":" + expires.getEpochSecond() + "}";
        String signed =
                base64("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        return signed + "." + base64(signature(signed));
    }

    private static byte[] signature(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
