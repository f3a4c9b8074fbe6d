package io.flowapi.providers.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.http.Json;
import io.flowapi.providers.NetworkAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an account was let in with.
 *
 * @param refreshToken null when only its owner can renew the access token
 * @param expiresAt of the access token; null when nobody said
 * @param refreshExpiresAt of the refresh token, which some networks let end on a fixed day; null when nobody said
 */
public record Tokens(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant expiresAt,
        @Nullable Instant refreshExpiresAt) {

    /** What can stand in a header. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,8192}");

    /** Longer than any token lives. */
    private static final Duration LIFE_MAX = Duration.ofDays(3650);

    /** Too close to its end for a call to be begun with it. */
    private static final Duration NEARLY = Duration.ofMinutes(1);

    public Tokens(String accessToken, @Nullable String refreshToken, @Nullable Instant expiresAt) {
        this(accessToken, refreshToken, expiresAt, null);
    }

    /** From the answer of a token endpoint; nothing when it has none that can be used. */
    public static Optional<Tokens> from(NetworkAnswer.Done answer, Instant now) {
        String access = answer.text("access_token");
        String refresh = answer.text("refresh_token");
        if (!TOKEN.matcher(access).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Tokens(
                access,
                TOKEN.matcher(refresh).matches() ? refresh : null,
                end(answer.body().path("expires_in"), now),
                end(answer.body().path("refresh_token_expires_in"), now)));
    }

    private static @Nullable Instant end(JsonNode seconds, Instant now) {
        long life = seconds.asLong(0);
        return life > 0 && life <= LIFE_MAX.toSeconds() ? now.plusSeconds(life) : null;
    }

    public static Tokens read(String json) {
        JsonNode tree = Json.tree(json);
        return new Tokens(
                tree.get("accessToken").textValue(),
                tree.path("refreshToken").textValue(),
                instant(tree.path("expiresAt")),
                instant(tree.path("refreshExpiresAt")));
    }

    private static @Nullable Instant instant(JsonNode member) {
        return member.isTextual() ? Instant.parse(member.textValue()) : null;
    }

    public String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accessToken", accessToken);
        put(members, "refreshToken", refreshToken);
        put(members, "expiresAt", expiresAt);
        put(members, "refreshExpiresAt", refreshExpiresAt);
        return Json.text(members);
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object known) {
        if (known != null) {
            members.put(name, known.toString());
        }
    }

    /** These, in the place of others: a network that sends no refresh token means that the one before is still good. */
    Tokens after(Tokens before) {
        return new Tokens(
                accessToken,
                refreshToken == null ? before.refreshToken : refreshToken,
                expiresAt,
                refreshExpiresAt == null ? before.refreshExpiresAt : refreshExpiresAt);
    }

    boolean nearlyOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt.minus(NEARLY));
    }

    boolean over(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** When only the owner of the account can help; null when nobody can say. Without a client id nothing is renewed. */
    public @Nullable Instant end(OAuthApplication application) {
        return refreshToken == null || application.clientId() == null ? expiresAt : refreshExpiresAt;
    }

    @Override
    public String toString() {
        return "Tokens[***]";
    }
}
