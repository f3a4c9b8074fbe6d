/** The bytes below HTTP: what a client can write on a connection, and what the server may make of it. */
@NullMarked
package io.flowapi.wire;

import org.jspecify.annotations.NullMarked;
