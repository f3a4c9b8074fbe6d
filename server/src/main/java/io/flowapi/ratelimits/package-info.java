/**
 * How many requests a key may make in any 60 seconds, and how many wrong keys may come from an address. It owns the window,
 * the two places it is kept in, and the gates that ask it. It knows no key and no other feature.
 */
@NullMarked
package io.flowapi.ratelimits;

import org.jspecify.annotations.NullMarked;
