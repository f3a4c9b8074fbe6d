package io.flowapi.installation;

import io.flowapi.platform.crypto.EncryptionKeys;
import io.flowapi.platform.db.DatabaseUrl;
import io.flowapi.platform.files.DataDirectory;
import io.flowapi.platform.files.OwnerOnly;
import io.flowapi.platform.net.AddressBlock;
import io.flowapi.platform.net.AddressLiteral;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be read and is unsafe for all that: a production server does not start on it. No sentence repeats a secret. */
final class ProductionRules {

    /** A private network of anybody is smaller: 10.0.0.0/8 and fc00::/7 are the largest there are. */
    private static final int IPV4_PREFIX_MIN = 8;

    private static final int IPV6_PREFIX_MIN = 7;

    /** Where figures may be shown to whoever can reach them: this machine, and networks that no stranger is in. */
    private static final List<AddressBlock> OWN = AddressBlock.parseList(
            "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, ::1/128, fc00::/7");

    private final List<String> problems = new ArrayList<>();

    private ProductionRules() {}

    static List<String> broken(Config config) {
        ProductionRules rules = new ProductionRules();
        rules.publicUrl(config.publicUrl());
        rules.encryptionKeys(config.encryptionKeys());
        rules.dataDirectory(config.dataDirectory());
        rules.databaseUrl(config.databaseUrl());
        rules.networks("FLOW_ALLOWED_PRIVATE_CIDRS", config.guard().allowedPrivate());
        rules.networks("FLOW_TRUSTED_PROXIES", config.clients().trustedProxies());
        rules.managementHost(config.management().host());
        return rules.problems;
    }

    /** Without https it is told elsewhere already. */
    private void publicUrl(String url) {
        if (url.startsWith("https://") && isThisMachine(URI.create(url).getHost())) {
            problems.add(
                    "FLOW_PUBLIC_URL must be what clients reach the server by: only this machine calls itself that");
        }
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.equals("0.0.0.0")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    private void encryptionKeys(@Nullable EncryptionKeys keys) {
        if (keys != null && !keys.guessable().isEmpty()) {
            problems.add("FLOW_ENCRYPTION_KEY: " + String.join(", ", keys.guessable())
                    + " can be guessed; take 32 random bytes (openssl rand -base64 32)");
        }
    }

    private void dataDirectory(Path directory) {
        try {
            if (Files.exists(directory) && OwnerOnly.openToOthers(directory)) {
                problems.add("FLOW_DATA_DIR: other users can enter " + directory + "; chmod 700 keeps them out");
            }
            Path key = directory.resolve(DataDirectory.KEY_FILE);
            if (Files.exists(key) && OwnerOnly.openToAnybodyElse(key)) {
                problems.add("FLOW_DATA_DIR: others than its owner can read " + key + "; chmod 600 keeps them out");
            }
        } catch (IOException unreadable) {
            problems.add("FLOW_DATA_DIR: who may enter " + directory + " cannot be found out");
        }
    }

    private void databaseUrl(@Nullable String url) {
        try {
            if (url != null && DatabaseUrl.parse(url).perhapsPlainOverNetwork()) {
                problems.add("DATABASE_URL: sslmode must be require, verify-ca or verify-full for another machine:"
                        + " all others may send everything unencrypted");
            }
        } catch (IllegalArgumentException malformed) {
            problems.add(String.valueOf(malformed.getMessage()));
        }
    }

    private void networks(String setting, List<AddressBlock> blocks) {
        for (AddressBlock block : blocks) {
            int min = block.base() instanceof Inet4Address ? IPV4_PREFIX_MIN : IPV6_PREFIX_MIN;
            if (block.prefixBits() < min) {
                problems.add(setting + ": " + block.base().getHostAddress() + "/" + block.prefixBits()
                        + " is more than any private network; name those that are yours");
            }
        }
    }

    /** The figures ask for no key. What another name means tomorrow, nobody knows today. */
    private void managementHost(String host) {
        boolean own = host.equals("localhost")
                || AddressLiteral.parse(host)
                        .filter(address -> OWN.stream().anyMatch(block -> block.contains(address)))
                        .isPresent();
        if (!own) {
            problems.add("FLOW_MANAGEMENT_HOST must be a loopback or private address: the figures ask for no key");
        }
    }
}
