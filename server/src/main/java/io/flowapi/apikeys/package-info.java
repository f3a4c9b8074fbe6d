/** API keys: their form, their keeping as hashes, and who a key says is calling. It knows users and no other feature. */
@NullMarked
package io.flowapi.apikeys;

import org.jspecify.annotations.NullMarked;
