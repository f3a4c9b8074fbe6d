package io.flowapi.webhooks;

import io.flowapi.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What of a webhook is secret, sealed for its row and its column. */
final class Sealed {

    private final Vault vault;
    private final String column;

    /** @param column with its table, such as {@code webhooks headers} */
    Sealed(Vault vault, String column) {
        this.vault = vault;
        this.column = column;
    }

    String seal(UUID row, String plain) {
        return vault.seal(plain.getBytes(StandardCharsets.UTF_8), column + " " + row);
    }

    String open(UUID row, String sealed) {
        return new String(vault.open(sealed, column + " " + row), StandardCharsets.UTF_8);
    }
}
