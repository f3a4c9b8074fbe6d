package io.flowapi.connections;

import io.flowapi.platform.http.WebPage.Visit;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows the browser that a connection was shown to: only from there it may go on. A cookie for each connection, so that two
 * may be under way; a page of another site cannot send it along with a form of its own (SameSite), and in production no
 * other host of the domain can plant one (__Host-).
 *
 * @param production whether there is TLS in front
 */
record Browser(boolean production, SecureRandom random) {

    private static final Duration LIFE = Connection.LIFE.multipliedBy(2);
    private static final int NAME_LENGTH = 16;

    /** What the browser shows; empty when it is another one. */
    Optional<Secret> of(Connection connection, Visit visit) {
        return Optional.ofNullable(visit.cookies().get(name(connection)))
                .filter(Secret::isOne)
                .map(Secret::new);
    }

    /** What it is to show from now on: what it shows already, if it does. */
    Secret welcome(Connection connection, Visit visit) {
        return of(connection, visit).orElseGet(() -> Secret.random(random));
    }

    String cookie(Connection connection, Secret secret) {
        return cookie(connection, secret.text(), LIFE);
    }

    String farewell(Connection connection) {
        return cookie(connection, "", Duration.ZERO);
    }

    private String cookie(Connection connection, String value, Duration life) {
        return name(connection) + "=" + value + "; Path=/; Max-Age=" + life.toSeconds() + "; HttpOnly; SameSite=Lax"
                + (production ? "; Secure" : "");
    }

    private String name(Connection connection) {
        String id = new Secret(connection.id().toString()).hash().substring(0, NAME_LENGTH);
        return (production ? "__Host-" : "") + "flow-connection-" + id;
    }
}
