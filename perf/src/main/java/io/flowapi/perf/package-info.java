/** How fast the server is, measured from outside: a server process of its own, called over HTTP. */
@NullMarked
package io.flowapi.perf;

import org.jspecify.annotations.NullMarked;
