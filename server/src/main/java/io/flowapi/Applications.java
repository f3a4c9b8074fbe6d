package io.flowapi;

import static java.util.stream.Collectors.toMap;

import io.flowapi.api.model.Provider;
import io.flowapi.installation.Config;
import io.flowapi.installation.NetworkSettings;
import io.flowapi.platform.net.OutgoingHttp;
import io.flowapi.providers.linkedin.LinkedInLogin;
import io.flowapi.providers.oauth.OAuthApplication;
import io.flowapi.providers.oauth.TokenEndpoint;
import io.flowapi.providers.x.XApplication;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

/** As whom the networks know this installation that let owners in with a browser. Part of the composition root. */
final class Applications {

    private Applications() {}

    static Map<Provider, TokenEndpoint> of(Config config, OutgoingHttp http, InstantSource clock) {
        NetworkSettings x = config.x();
        NetworkSettings linkedIn = config.linkedIn();
        return Stream.of(
                        XApplication.of(x.apiUrl(), x.authorizeUrl(), x.clientId(), x.clientSecret()),
                        LinkedInLogin.application(
                                linkedIn.authorizeUrl(), linkedIn.clientId(), linkedIn.clientSecret()))
                .collect(toMap(OAuthApplication::provider, known -> new TokenEndpoint(known, http, clock)));
    }
}
