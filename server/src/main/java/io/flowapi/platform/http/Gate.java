package io.flowapi.platform.http;

/** One reason to refuse a request before its operation is called. The order of the gates is the order of refusal. */
@FunctionalInterface
public interface Gate {

    /** @throws RefusedException when the request may not pass */
    void admit(Exchange exchange);
}
