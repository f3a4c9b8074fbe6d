/**
 * What every network has in common: a frozen request goes out, and one of four things is known afterwards. Each network
 * has a package of its own below. It knows no post and no channel.
 */
@NullMarked
package io.flowapi.providers;

import org.jspecify.annotations.NullMarked;
