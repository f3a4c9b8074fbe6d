package io.flowapi.ratelimits;

import io.flowapi.platform.http.Exchange;
import io.flowapi.platform.http.Gate;
import io.flowapi.platform.http.RefusedException;
import io.flowapi.platform.http.WebPage;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Counts the wrong keys and the refused visits of an address, and from a number on tells it to wait. Right keys pass: there
 * may be many people behind one address.
 */
public final class FailedAuthenticationGate implements Gate {

    private static final int UNAUTHORIZED = 401;
    /** What one subscriber is usually given: who has it has all of its addresses. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private final Gate authentication;
    private final RateLimiter limiter;
    private final RateLimitSettings settings;

    public FailedAuthenticationGate(Gate authentication, RateLimiter limiter, RateLimitSettings settings) {
        this.authentication = authentication;
        this.limiter = limiter;
        this.settings = settings;
    }

    @Override
    public void admit(Exchange exchange) {
        try {
            authentication.admit(exchange);
        } catch (RefusedException refused) {
            if (refused.refusal().kind().status() == UNAUTHORIZED) {
                count(exchange.request().address());
            }
            throw refused;
        }
    }

    /** The pages, whose refused visits count as wrong keys do: what they are asked with may be guessed too. */
    public List<WebPage> guarded(List<WebPage> pages) {
        return pages.stream().map(this::guarded).toList();
    }

    private WebPage guarded(WebPage page) {
        return new WebPage(page.method(), page.path(), visit -> {
            try {
                return page.answer().apply(visit);
            } catch (RefusedException refused) {
                count(visit.request().address());
                throw refused;
            }
        });
    }

    private void count(String address) {
        if (settings.failedAuthentication() == 0) {
            return;
        }
        Quota quota = new Quota(RateClass.FAILED_AUTHENTICATION, settings.failedAuthentication());
        Ruling ruling = limiter.admit("address:" + subject(address), List.of(quota));
        if (!ruling.admitted()) {
            throw RateLimitGate.refused(
                    "Too many requests without a valid key or link came from this address.", ruling);
        }
    }

    /** An IPv4 address written as an IPv6 one is the same; what is no address is one and the same to us. */
    static String subject(String address) {
        try {
            return subject(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException unknown) {
            return "unknown";
        }
    }

    private static String subject(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX_BYTES))
                : address.getHostAddress();
    }
}
