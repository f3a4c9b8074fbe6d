/**
 * Owns every connection this product opens to an address that someone else chose: which addresses may be called,
 * how a name becomes an address, and one bounded request to it. It must not know what is sent or why - no posts, no
 * webhooks, no providers, no database - and it never reads the environment: policy and limits are handed to it.
 */
@NullMarked
package io.flowapi.platform.net;

import org.jspecify.annotations.NullMarked;
