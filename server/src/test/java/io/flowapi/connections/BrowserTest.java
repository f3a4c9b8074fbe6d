package io.flowapi.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowapi.api.model.Mode;
import io.flowapi.api.model.Provider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-database")
class BrowserTest {

    private final Connection connection = new Connection(
            UUID.randomUUID(),
            UUID.randomUUID(),
            Mode.LIVE,
            UUID.randomUUID(),
            Provider.X,
            "News",
            null,
            "https://app.example.com/",
            Instant.EPOCH);

    @Test
    void in_production_the_cookie_goes_over_tls_only_and_no_neighbour_can_plant_it() {
        Browser browser = new Browser(true, new SecureRandom());

        assertThat(browser.cookie(connection, new Secret("a".repeat(43))))
                .matches("__Host-flow-connection-[0-9a-f]{16}=a{43}; Path=/; Max-Age=1200; HttpOnly; SameSite=Lax;"
                        + " Secure");
        assertThat(browser.farewell(connection))
                .matches("__Host-flow-connection-[0-9a-f]{16}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
