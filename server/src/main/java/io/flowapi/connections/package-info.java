/**
 * Letting the owner of an account connect it in a browser: from the request that starts it to the channel. It knows
 * channels and how tokens are had, and no post.
 */
@NullMarked
package io.flowapi.connections;

import org.jspecify.annotations.NullMarked;
