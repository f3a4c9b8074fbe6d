/** API keys: their form, their keeping as hashes, and who a key says is calling. It knows users, and the limits
 * that a key has; no other feature. */
@NullMarked
package io.flowapi.apikeys;

import org.jspecify.annotations.NullMarked;
