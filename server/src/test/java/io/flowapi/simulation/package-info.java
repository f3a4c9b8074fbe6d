/**
 * Everything between a request and a network, run by one thread at a time: a seed decides who goes on, what fails and what
 * the network does. The code and the store are the real ones; the network, the clock and the order are not. It knows nothing
 * of HTTP.
 */
@NullMarked
package io.flowapi.simulation;

import org.jspecify.annotations.NullMarked;
