package io.flowapi.doctor;

import io.flowapi.platform.net.DnsLookup;
import io.flowapi.platform.net.GuardPolicy;
import io.flowapi.platform.net.UrlGuard;
import io.flowapi.platform.net.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The guard in front of every address that a user gives, asked for addresses that need no DNS. */
final class GuardChecks {

    private static final List<String> NEVER =
            List.of("https://127.0.0.1/", "https://169.254.169.254/", "https://[::1]/", "https://0.0.0.0/");
    private static final String PRIVATE = "https://10.0.0.1/";
    private static final String PUBLIC = "https://93.184.216.34/";

    private GuardChecks() {}

    /** Judged as production does; in development a server allows itself more. */
    static List<Finding> findings(GuardPolicy policy) {
        boolean allowsPrivate = !policy.allowedPrivate().isEmpty();
        UrlGuard guard = new UrlGuard(GuardPolicy.production(policy.allowedPrivate()), new DnsLookup());
        List<String> denied = new ArrayList<>(NEVER);
        if (!allowsPrivate) {
            denied.add(PRIVATE);
        }
        List<String> wrong = new ArrayList<>(denied.stream()
                .filter(url -> guard.vet(url) instanceof Verdict.Allowed)
                .toList());
        if (guard.vet(PUBLIC) instanceof Verdict.Denied) {
            wrong.add(PUBLIC);
        }
        String networks = allowsPrivate
                ? "; FLOW_ALLOWED_PRIVATE_CIDRS allows "
                        + policy.allowedPrivate().size() + " private networks"
                : "";
        return List.of(Finding.of(
                "webhook guard",
                wrong.isEmpty(),
                wrong.isEmpty()
                        ? "refuses " + String.join(" ", denied) + " and takes " + PUBLIC + networks
                        : "judges wrongly: " + String.join(" ", wrong) + networks));
    }
}
