/** The real server as a process of its own, killed and stopped while callers write: what it acknowledged must survive. */
@NullMarked
package io.flowapi.crash;

import org.jspecify.annotations.NullMarked;
