package io.flowapi.platform.net;

import java.util.Locale;

/**
 * Why an address may not be called. The advice says what to change and never what the answer of DNS was or what
 * stands at the address: both would describe our own network to a stranger.
 */
public enum Denial {
    TOO_LONG("Use a URL of at most 2048 characters."),
    CHARACTER("Use only printable ASCII characters, no spaces and no backslash; write an international name in its"
            + " xn-- form."),
    SYNTAX("Write a complete URL such as https://hooks.example.com/path."),
    SCHEME("Start the URL with https://."),
    USERINFO("Remove the user name and password before the host."),
    HOST_FORM("Write the host as a full name such as hooks.example.com, or as a plain IP address: four decimal"
            + " numbers, or IPv6 in brackets."),
    PORT("Use the default port, or 8443."),
    NAME("Use a name that is registered on the public internet."),
    ADDRESS("Use a host on the public internet."),
    UNRESOLVABLE("Use a host that public DNS answers for."),
    BUSY("Try again later: too many other names are being looked up.");

    private final String advice;

    Denial(String advice) {
        this.advice = advice;
    }

    /** The stable code that appears in answers and in the output of check-url. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String advice() {
        return advice;
    }
}
