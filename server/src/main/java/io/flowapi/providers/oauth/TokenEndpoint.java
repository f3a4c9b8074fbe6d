package io.flowapi.providers.oauth;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.Deadline;
import io.flowapi.providers.Dialect;
import io.flowapi.providers.NetworkAnswer;
import io.flowapi.providers.NetworkCalls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls by which tokens are had, renewed and given back (RFC 6749, 7009, 7636). */
public final class TokenEndpoint {

    private static final Dialect TOKENS = new Words() {
        @Override
        public boolean done(int status, @Nullable JsonNode body) {
            return status == 200 && body != null && body.path("access_token").isTextual();
        }
    };

    private static final Dialect REVOCATION = new Words() {
        @Override
        public boolean done(int status, @Nullable JsonNode body) {
            return status == 200;
        }
    };

    private final OAuthApplication application;
    private final NetworkCalls tokens;
    private final NetworkCalls revocations;

    public TokenEndpoint(OAuthApplication application, OutgoingHttp http, InstantSource clock) {
        this.application = application;
        this.tokens = new NetworkCalls(http, clock, TOKENS);
        this.revocations = new NetworkCalls(http, clock, REVOCATION);
    }

    /** How every authorization server says no. */
    private interface Words extends Dialect {
        @Override
        default Optional<Said> refusal(JsonNode body) {
            return body.path("error").isTextual()
                    ? Optional.of(new Said(
                            body.path("error").textValue(),
                            body.path("error_description").asText("")))
                    : Optional.empty();
        }
    }

    public OAuthApplication application() {
        return application;
    }

    /** Whether the network knows this installation at all. */
    public boolean usable() {
        return application.clientId() != null;
    }

    public NetworkAnswer refresh(String refreshToken, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return withoutTokens(send(tokens, application.tokenUrl(), form, List.of(refreshToken), deadline));
    }

    public NetworkAnswer exchange(String code, String verifier, String redirectUri, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("code_verifier", verifier);
        form.put("redirect_uri", redirectUri);
        return withoutTokens(send(tokens, application.tokenUrl(), form, List.of(code, verifier), deadline));
    }

    /** A token that is not known any more is no refusal. */
    public NetworkAnswer revoke(String token, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        return send(revocations, application.revokeUrl(), form, List.of(token), deadline);
    }

    private NetworkAnswer send(
            NetworkCalls calls, String url, Map<String, String> form, List<String> secrets, Deadline deadline) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        String id = Objects.requireNonNull(application.clientId(), "asked for usable() first");
        String secret = application.clientSecret();
        String basic = secret == null ? "" : basic(id, secret);
        if (secret != null && application.secretIn() == OAuthApplication.SecretIn.BASIC) {
            headers.put("Authorization", "Basic " + basic);
        } else {
            form.put("client_id", id);
        }
        if (secret != null && application.secretIn() == OAuthApplication.SecretIn.FORM) {
            form.put("client_secret", secret);
        }
        List<String> all = secret == null
                ? secrets
                : Stream.concat(secrets.stream(), Stream.of(secret, basic)).toList();
        return calls.send(
                new NetworkCalls.Call("POST", url, null, encoded(form), all, headers, answer -> {}), deadline);
    }

    private static String basic(String id, String secret) {
        String both = encoded(id) + ":" + encoded(secret);
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(member -> member.getKey() + "=" + encoded(member.getValue()))
                .collect(joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** An answer that is not one of tokens may still hold some that nobody knows yet: it is not repeated. */
    private static NetworkAnswer withoutTokens(NetworkAnswer answer) {
        return answer instanceof NetworkAnswer.Unclear(String detail, Integer status, String _)
                ? new NetworkAnswer.Unclear(detail, status, null)
                : answer;
    }
}
