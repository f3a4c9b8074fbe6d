package io.flowapi.platform.net;

/** A name could not even be asked for in time: that says nothing about the name. */
public final class LookupsBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
